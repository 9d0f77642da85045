namespace Warren.Linux.Names;

/// <summary>What the resolver said.</summary>
/// <param name="Error">Why there is no address; None when there is one.</param>
/// <param name="Errno">The reason when <paramref name="Error"/> is System.</param>
/// <param name="Address">4 or 16 bytes in network order; empty when there is none.</param>
/// <param name="Port">The service's port.</param>
/// <param name="ScopeId">The zone of a link-local address, else 0.</param>
public sealed record AddressAnswer(LookupError Error, Errno Errno, byte[] Address, ushort Port, uint ScopeId)
{
    /// <summary>The C library's sentence for the error.</summary>
    public string Reason => Error == LookupError.System ? ErrnoText.Describe(Errno) : AddressLookup.Describe(Error);
}
