using Warren.Config;
using Warren.Config.Language;
using Warren.Fabric.Check;

namespace Warren.Fabric.Tests.Check.Rules;

public class FileReadableRuleTests
{
    [Fact]
    public void Rejects_a_file_that_everybody_reads()
    {
        var finding = Checker.Check([new CheckedFile(new SourceText("one.conf", Three.One), 0x1a4)]).Rejects("file-readable", "one.conf", Severity.Warning);
        Assert.Equal("chmod 600 one.conf", finding.Fix);
    }

    [Fact]
    public void Rejects_a_key_alone_that_everybody_reads()
    {
        Checker.Check([new CheckedFile(new SourceText("wg/private.key", Three.OneKeys.Private + "\n"), 0x1a4)]).Rejects("file-readable", "wg/private.key", Severity.Warning);
        Checker.Check([new CheckedFile(new SourceText("wg/public.key", Three.OneKeys.Public + "\n"), 0x1a4)]).Accepts("file-readable");
    }

    [Fact]
    public void Accepts_a_file_of_its_owner()
    {
        Checker.Check([new CheckedFile(new SourceText("one.conf", Three.One), 0x180)]).Accepts("file-readable");
    }

    [Fact]
    public void Accepts_a_file_without_secrets()
    {
        Checker.Check([new CheckedFile(new SourceText("peers.conf", $"[Peer]\nPublicKey = {Three.OneKeys.Public}\nAllowedIPs = 10.9.0.2/32\n"), 0x1a4)]).Accepts("file-readable");
    }
}
