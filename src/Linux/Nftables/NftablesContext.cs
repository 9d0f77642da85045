using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Warren.Linux.Nftables;

/// <summary>Runs nft(8) commands in this process, through libnftables.</summary>
/// <remarks>
/// The library opens its netlink sockets in the network namespace of the thread that makes the context, and reads interface names in that of
/// the thread that runs: make and use it on threads of one namespace, one at a time. All commands of one call are one transaction.
/// </remarks>
public sealed class NftablesContext : IDisposable
{
    private nint _context;

    /// <summary>Makes a context that keeps its output and errors to itself.</summary>
    /// <exception cref="NftablesException">The library is not installed, or could not start (no CAP_NET_ADMIN).</exception>
    public NftablesContext()
    {
        if (!IsAvailable)
            throw new NftablesException($"{Libnftables.Library} is not installed (Debian: apt install libnftables1)");
        _context = Libnftables.nft_ctx_new(0);
        if (_context == 0) throw new NftablesException("libnftables could not start");
        if (Libnftables.nft_ctx_buffer_output(_context) == 0 && Libnftables.nft_ctx_buffer_error(_context) == 0) return;
        Dispose();
        throw new NftablesException("libnftables could not keep its output");
    }

    /// <summary>Frees the context when its owner forgot to.</summary>
    ~NftablesContext() => Free();

    /// <summary>Whether the library can be loaded.</summary>
    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Libnftables.Library, out _);

    /// <summary>Runs commands as one transaction; their output.</summary>
    /// <param name="commands">In nft's own syntax, as a file for `nft -f` holds them.</param>
    /// <exception cref="NftablesException">Refused; nothing was changed.</exception>
    public string Run(string commands) => Run(commands, 0);

    /// <summary>Runs commands as one transaction; their output as JSON (libnftables-json(5)), empty when there is none.</summary>
    /// <param name="commands">In nft's own syntax, or as JSON.</param>
    /// <exception cref="NftablesException">Refused; nothing was changed. Or the library was built without JSON.</exception>
    public string RunJson(string commands) => Run(commands, Libnftables.NFT_CTX_OUTPUT_JSON);

    /// <summary>Frees the context.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private string Run(string commands, uint outputFlags)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        Libnftables.nft_ctx_output_set_flags(_context, outputFlags);
        int result = Libnftables.nft_run_cmd_from_buffer(_context, commands);

        // The library owns both texts until its next run; reading them empties them.
        string output = Marshal.PtrToStringUTF8(Libnftables.nft_ctx_get_output_buffer(_context)) ?? "";
        string errors = Marshal.PtrToStringUTF8(Libnftables.nft_ctx_get_error_buffer(_context)) ?? "";
        GC.KeepAlive(this);
        return result == 0 ? output : throw new NftablesException(errors.Length > 0 ? errors.TrimEnd() : "libnftables refused the commands");
    }

    private void Free()
    {
        nint freed = Interlocked.Exchange(ref _context, 0);
        if (freed != 0) Libnftables.nft_ctx_free(freed);
    }
}
