using System;

namespace Warren.Linux.Nftables;

/// <summary>libnftables refused commands: nothing of them was done. The message is the library's own text.</summary>
public sealed class NftablesException(string message) : Exception(message);
