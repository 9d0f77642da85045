using System;
using Warren.Linux;
using Warren.Linux.Files;
using Warren.Protocol;
using Warren.Protocol.Keys;

namespace Warren.Cli.Wg;

/// <summary><c>genkey</c> and <c>genpsk</c>: a private key is clamped, a preshared key is not.</summary>
internal static class GenerateVerb
{
    private const int PermissionsOfOthers = 7;

    internal static int Run(Invocation invocation)
    {
        if (invocation.Arguments.Count != 0)
            return Usage.Write(invocation);
        if (invocation.Machine.OutputStatus() is { Kind: FileKind.Regular } file && (file.Permissions & PermissionsOfOthers) != 0)
        {
            invocation.Error.Write(
                "Warning: writing to world accessible file.\nConsider setting the umask to 077 and trying again.\n");
        }

        invocation.Output.Write(Generate(invocation.Verb) + "\n");
        return 0;
    }

    private static string Generate(string verb)
    {
        if (verb == "genkey")
        {
            using var privateKey = PrivateKey.Generate(Kernel);
            return privateKey.ToSecretBase64();
        }

        using var presharedKey = PresharedKey.Generate(Kernel);
        return presharedKey.ToSecretBase64();
    }

    private static RandomSource Kernel { get; } = new KernelSource();

    private sealed class KernelSource : RandomSource
    {
        public override void Fill(Span<byte> destination) => KernelRandom.Fill(destination);
    }
}
