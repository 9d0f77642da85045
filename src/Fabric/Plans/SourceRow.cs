namespace Warren.Fabric.Plans;

/// <summary>Who a source is.</summary>
/// <param name="Interface">The id of the interface by which it comes in.</param>
/// <param name="Addresses">Its addresses.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Class">What it may do.</param>
public readonly record struct SourceRow(int Interface, AddressRange Addresses, string Tenant, int Class);
