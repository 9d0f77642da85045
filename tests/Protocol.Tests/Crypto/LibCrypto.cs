using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Warren.Protocol.Crypto;

namespace Warren.Protocol.Tests.Crypto;

/// <summary>OpenSSL's libcrypto 3, to compare with on random inputs. Test code only.</summary>
internal static class LibCrypto
{
    private const string Library = "libcrypto.so.3";
    private const int KeyX25519 = 1034;     // EVP_PKEY_X25519, NID_X25519 of openssl/obj_mac.h
    private const int SetIvLength = 0x9;    // EVP_CTRL_AEAD_SET_IVLEN of openssl/evp.h
    private const int GetTag = 0x10;        // EVP_CTRL_AEAD_GET_TAG

    /// <summary>Why a comparison is skipped.</summary>
    public const string Absent = "libcrypto.so.3 is not installed: nothing was compared with it";

    public static bool IsPresent { get; } = NativeLibrary.TryLoad(Library, out _);

    public static byte[] Blake2s256(byte[] data)
    {
        var digest = new byte[32];
        var size = (uint)digest.Length;
        Check(EVP_Digest(data, (nuint)data.Length, digest, ref size, EVP_blake2s256(), 0));
        return digest;
    }

    /// <summary>Null when the point is of low order.</summary>
    public static byte[]? X25519(byte[] scalar, byte[] point)
    {
        var own = EVP_PKEY_new_raw_private_key(KeyX25519, 0, scalar, 32);
        var peer = EVP_PKEY_new_raw_public_key(KeyX25519, 0, point, 32);
        var context = EVP_PKEY_CTX_new(own, 0);
        try
        {
            Check(EVP_PKEY_derive_init(context));
            Check(EVP_PKEY_derive_set_peer(context, peer));
            var shared = new byte[32];
            nuint size = 32;
            return EVP_PKEY_derive(context, shared, ref size) == 1 ? shared : null;
        }
        finally
        {
            EVP_PKEY_CTX_free(context);
            EVP_PKEY_free(peer);
            EVP_PKEY_free(own);
        }
    }

    public static byte[] SealChaCha20Poly1305(byte[] key, byte[] nonce, byte[] associated, byte[] plaintext)
    {
        var context = EVP_CIPHER_CTX_new();
        try
        {
            byte[] ciphertext = new byte[plaintext.Length], tag = new byte[16];
            Check(EVP_EncryptInit_ex(context, EVP_chacha20_poly1305(), 0, null, null));
            Check(EVP_CIPHER_CTX_ctrl(context, SetIvLength, nonce.Length, null));
            Check(EVP_EncryptInit_ex(context, 0, 0, key, nonce));
            if (associated.Length > 0)
                Check(EVP_EncryptUpdate(context, null, out _, associated, associated.Length));
            if (plaintext.Length > 0)
                Check(EVP_EncryptUpdate(context, ciphertext, out _, plaintext, plaintext.Length));
            Check(EVP_EncryptFinal_ex(context, new byte[16], out _));
            Check(EVP_CIPHER_CTX_ctrl(context, GetTag, tag.Length, tag));
            return [.. ciphertext, .. tag];
        }
        finally
        {
            EVP_CIPHER_CTX_free(context);
        }
    }

    /// <summary>Seals in place many packets of one key: the text, then 16 bytes of room for the tag.</summary>
    public static void SealEach(byte[] key, Span<byte> buffer, ReadOnlySpan<AeadPacket> packets)
    {
        Span<byte> nonce = stackalloc byte[12];
        nonce.Clear();
        var context = EVP_CIPHER_CTX_new();
        try
        {
            Check(EVP_EncryptInit_ex(context, EVP_chacha20_poly1305(), 0, key, null));
            foreach (ref readonly var packet in packets)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(nonce[4..], packet.Counter);
                ref var text = ref buffer[packet.Destination];
                Check(EVP_EncryptInit_ex(context, 0, 0, ref Unsafe.NullRef<byte>(), ref MemoryMarshal.GetReference(nonce)));
                if (packet.PaddedLength > 0)
                    Check(EVP_EncryptUpdate(context, ref text, out _, ref text, packet.PaddedLength));
                ref var tag = ref buffer[packet.Destination + packet.PaddedLength];
                Check(EVP_EncryptFinal_ex(context, ref tag, out _));
                Check(EVP_CIPHER_CTX_ctrl(context, GetTag, 16, ref tag));
            }
        }
        finally
        {
            EVP_CIPHER_CTX_free(context);
        }
    }

    private static void Check(int result)
    {
        if (result != 1)
            throw new InvalidOperationException("libcrypto refused");
    }

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // plain DllImport: source-generated interop needs unsafe blocks; C names
    [DllImport(Library)]
    private static extern nint EVP_blake2s256();

    [DllImport(Library)]
    private static extern int EVP_Digest(byte[] data, nuint count, byte[] digest, ref uint size, nint type, nint engine);

    [DllImport(Library)]
    private static extern nint EVP_PKEY_new_raw_private_key(int type, nint engine, byte[] key, nuint length);

    [DllImport(Library)]
    private static extern nint EVP_PKEY_new_raw_public_key(int type, nint engine, byte[] key, nuint length);

    [DllImport(Library)]
    private static extern nint EVP_PKEY_CTX_new(nint key, nint engine);

    [DllImport(Library)]
    private static extern int EVP_PKEY_derive_init(nint context);

    [DllImport(Library)]
    private static extern int EVP_PKEY_derive_set_peer(nint context, nint peer);

    [DllImport(Library)]
    private static extern int EVP_PKEY_derive(nint context, byte[] key, ref nuint length);

    [DllImport(Library)]
    private static extern void EVP_PKEY_CTX_free(nint context);

    [DllImport(Library)]
    private static extern void EVP_PKEY_free(nint key);

    [DllImport(Library)]
    private static extern nint EVP_chacha20_poly1305();

    [DllImport(Library)]
    private static extern nint EVP_CIPHER_CTX_new();

    [DllImport(Library)]
    private static extern void EVP_CIPHER_CTX_free(nint context);

    [DllImport(Library)]
    private static extern int EVP_CIPHER_CTX_ctrl(nint context, int type, int argument, byte[]? pointer);

    [DllImport(Library)]
    private static extern int EVP_EncryptInit_ex(nint context, nint cipher, nint engine, byte[]? key, byte[]? iv);

    [DllImport(Library)]
    private static extern int EVP_EncryptUpdate(nint context, byte[]? output, out int written, byte[] input, int length);

    [DllImport(Library)]
    private static extern int EVP_EncryptFinal_ex(nint context, byte[] output, out int written);
    [DllImport(Library)]
    private static extern int EVP_CIPHER_CTX_ctrl(nint context, int type, int argument, ref byte pointer);

    [DllImport(Library)]
    private static extern int EVP_EncryptInit_ex(nint context, nint cipher, nint engine, ref byte key, ref byte iv);

    [DllImport(Library)]
    private static extern int EVP_EncryptUpdate(nint context, ref byte output, out int written, ref byte input, int length);

    [DllImport(Library)]
    private static extern int EVP_EncryptFinal_ex(nint context, ref byte output, out int written);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
