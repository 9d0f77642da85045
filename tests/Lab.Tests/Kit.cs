namespace Warren.Lab.Tests;

/// <summary>Who sets a tunnel up and who carries its packets.</summary>
public enum Kit
{
    /// <summary>Debian's wg-quick, wg and wireguard-go: shows that the lab and the scenario are right.</summary>
    Debian,

    /// <summary>Our quick, wg and engine.</summary>
    Warren,

    /// <summary>Debian's wg-quick and wg driving our engine.</summary>
    DebianToolsOurEngine,

    /// <summary>Our quick and wg driving Debian's wireguard-go.</summary>
    OurToolsDebianEngine,
}
