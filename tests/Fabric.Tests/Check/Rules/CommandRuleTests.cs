using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class CommandRuleTests
{
    [Fact]
    public void Rejects_wg_quick_with_the_name_of_a_file()
    {
        var finding = Three.Files(("howto.txt", "Then run:\n\n$ sudo wg-quick up wg0.conf\n")).Rejects("command", "howto.txt");
        Assert.Equal("wg-quick up wg0", finding.Fix);
    }

    [Fact]
    public void Rejects_a_key_in_a_file_for_all()
    {
        Three.Files(("howto.txt", "Then run:\n\nwg genkey | tee private.key | wg pubkey > public.key\n")).Rejects("command", "howto.txt", Severity.Warning);
    }

    [Fact]
    public void Rejects_a_folder_with_a_capital()
    {
        Three.Files(("howto.txt", "Put it into /etc/Wireguard.\n")).Rejects("command", "howto.txt", Severity.Warning);
    }

    [Fact]
    public void Accepts_names_paths_and_a_umask()
    {
        Three.Files(("howto.txt", "Then run:\n\numask 077\nwg genkey | tee private.key | wg pubkey > public.key\nwg-quick up wg0\nwg-quick up ./wg0.conf\nwg-quick up /etc/wireguard/wg0.conf\n")).Accepts("command");
    }
}
