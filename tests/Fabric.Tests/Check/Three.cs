using System;
using System.Linq;
using Warren.Config;
using Warren.Config.Language;
using Warren.Fabric.Check;

namespace Warren.Fabric.Tests.Check;

/// <summary>
/// A network in which everything is right, for tests to break at one place: a hub and two hosts that dial it, the first with a subnet behind it.
/// </summary>
internal static class Three
{
    internal static readonly Pair HubKeys = Pair.Of(0);
    internal static readonly Pair OneKeys = Pair.Of(1);
    internal static readonly Pair TwoKeys = Pair.Of(2);

    internal static readonly string Hub = $"""
        [Interface]
        Address = 10.9.0.1/24
        ListenPort = 51820
        PrivateKey = {HubKeys.Private}
        PostUp = sysctl -w net.ipv4.ip_forward=1

        [Peer]
        PublicKey = {OneKeys.Public}
        AllowedIPs = 10.9.0.2/32, 192.168.7.0/24

        [Peer]
        PublicKey = {TwoKeys.Public}
        AllowedIPs = 10.9.0.3/32

        """;

    internal static readonly string One = $"""
        [Interface]
        Address = 10.9.0.2/24
        PrivateKey = {OneKeys.Private}
        PostUp = sysctl -w net.ipv4.ip_forward=1

        [Peer]
        PublicKey = {HubKeys.Public}
        AllowedIPs = 10.9.0.0/24
        Endpoint = 192.0.2.1:51820
        PersistentKeepalive = 25

        """;

    internal static readonly string Two = $"""
        [Interface]
        Address = 10.9.0.3/24
        PrivateKey = {TwoKeys.Private}

        [Peer]
        PublicKey = {HubKeys.Public}
        AllowedIPs = 10.9.0.0/24, 192.168.7.0/24
        Endpoint = 192.0.2.1:51820
        PersistentKeepalive = 25

        """;

    /// <summary>The network with replacements in its three files.</summary>
    internal static CheckReport Check(Func<string, string>? hub = null, Func<string, string>? one = null, Func<string, string>? two = null) =>
        Files(("hub.conf", Changed(Hub, hub)), ("one.conf", Changed(One, one)), ("two.conf", Changed(Two, two)));

    /// <summary>Any files.</summary>
    internal static CheckReport Files(params (string Name, string Text)[] files) =>
        Checker.Check([.. files.Select(file => new CheckedFile(new SourceText(file.Name, file.Text)))]);

    /// <summary>The one finding of a rule, in one file.</summary>
    internal static Finding Rejects(this CheckReport report, string rule, string file, Severity severity = Severity.Error)
    {
        var findings = report.Remarks.Select(remark => remark.Finding).Where(finding => finding.Rule == rule).ToList();
        Assert.True(findings.Count > 0, $"nothing of {rule}; but: {string.Join("\n", report.Remarks.Select(remark => remark.Finding))}");
        var finding = findings.FirstOrDefault(finding => finding.Position.Source?.Name == file);
        Assert.True(finding is not null, $"not in {file}: {string.Join("\n", findings)}");
        Assert.Equal(severity, finding.Severity);
        return finding;
    }

    /// <summary>No error and no warning at all.</summary>
    internal static void IsClean(this CheckReport report) =>
        Assert.Empty(report.Remarks.Select(remark => remark.Finding).Where(finding => finding.Severity > Severity.Info).Select(finding => finding.ToString()));

    /// <summary>Nothing of a rule.</summary>
    internal static void Accepts(this CheckReport report, string rule) =>
        Assert.Empty(report.Remarks.Select(remark => remark.Finding).Where(finding => finding.Rule == rule).Select(finding => finding.ToString()));

    private static string Changed(string text, Func<string, string>? change)
    {
        if (change is null)
            return text;
        var changed = change(text);
        Assert.NotEqual(text, changed);
        return changed;
    }
}
