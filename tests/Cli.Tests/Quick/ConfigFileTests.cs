#pragma warning disable CA1416 // The program and its tests run on Linux alone.
using System;
using System.IO;
using Warren.Cli.Quick;

namespace Warren.Cli.Tests.Quick;

public sealed class ConfigFileTests : IDisposable
{
    private static readonly QuickProgram WgQuick = new("wg-quick", "/usr/bin/wg-quick", true);
    private readonly string _folder = Directory.CreateTempSubdirectory("warren").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_bare_name_is_a_file_of_the_folder()
    {
        File.WriteAllText($"{_folder}/wg0.conf", "[Interface]\nMTU = 1400\n");
        var file = Open("wg0", out _);
        Assert.Equal($"{_folder}/wg0.conf", file.Path);
        Assert.Equal("wg0", file.Config.Name);
        Assert.Equal(1400, file.Config.Mtu);
    }

    [Fact]
    public void A_bare_file_name_gets_wg_quicks_line_and_what_was_meant()
    {
        File.WriteAllText($"{_folder}/wg0.conf", "");
        Assert.Equal(
            [
                $"wg-quick: `{_folder}/wg0.conf.conf' does not exist",
                $"Hint: say `wg-quick up wg0' for {_folder}/wg0.conf",
            ],
            Refusal("wg0.conf"));
        Assert.Equal(
            [
                $"wg-quick: `{_folder}/wg1.conf.conf' does not exist",
                $"Hint: say `wg-quick up wg1' for {_folder}/wg1.conf, or `wg-quick up ./wg1.conf' for the file in this directory",
            ],
            Refusal("wg1.conf"));
    }

    [Theory]
    [InlineData("wg9", "put the configuration there, or name a file: `wg-quick up ./wg9.conf'")]
    [InlineData("sixteen--letters", "the name of an interface has at most 15 characters; `sixteen--letters' has 16")]
    [InlineData("no/such/sixteen--letters.conf", "`sixteen--letters' has 16")]
    [InlineData("no/such/wg0.conf", "say an interface, as `wg-quick up wg0' for")]
    [InlineData("", "say an interface")]
    public void Every_missing_file_gets_a_hint(string word, string hint)
    {
        var lines = Refusal(word);
        Assert.EndsWith("' does not exist", lines[0], StringComparison.Ordinal);
        Assert.Contains(hint, lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_cannot_be_an_interface_gets_wg_quicks_line()
    {
        File.WriteAllText($"{_folder}/sixteen--letters.conf", "");
        Assert.Equal(
            "wg-quick: The config file must be a valid interface name, followed by .conf",
            Refusal($"{_folder}/sixteen--letters.conf")[0]);
    }

    [Theory]
    [InlineData("wg0.conf")]
    [InlineData("nowhere")]
    public void A_link_that_leads_to_no_file_is_a_missing_file(string target)
    {
        File.CreateSymbolicLink($"{_folder}/wg0.conf", target);
        Assert.Equal($"wg-quick: `{_folder}/wg0.conf' does not exist", Refusal("wg0")[0]);
    }

    [Fact]
    public void A_directory_is_no_file()
    {
        Directory.CreateDirectory($"{_folder}/wg0.conf");
        Assert.Equal($"wg-quick: `{_folder}/wg0.conf' is a directory", Refusal("wg0")[0]);
    }

    [Fact]
    public void All_problems_are_told_with_file_and_line()
    {
        File.WriteAllText($"{_folder}/wg0.conf", "[Interface]\nAddress = 10.0.0.1/99\nMTU = big\nSaveConfig = maybe\n");
        var lines = Refusal("wg0");
        Assert.StartsWith($"wg-quick: {_folder}/wg0.conf:2: `10.0.0.1/99' is not an address", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"wg-quick: {_folder}/wg0.conf:3: `big' is not an MTU", lines[1], StringComparison.Ordinal);
        Assert.Equal("wg-quick: `maybe' is neither true nor false", lines[2]);
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead, UnixFileMode.OtherRead, true)]
    [InlineData(UnixFileMode.OtherRead, UnixFileMode.None, false)]
    [InlineData(UnixFileMode.None, UnixFileMode.OtherRead, false)]
    [InlineData(UnixFileMode.OtherRead, UnixFileMode.OtherExecute, false)]
    public void Warns_where_file_and_folder_let_others_in(UnixFileMode file, UnixFileMode folder, bool warns)
    {
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.WriteAllText($"{_folder}/wg0.conf", "");
        File.SetUnixFileMode($"{_folder}/wg0.conf", Own | file);
        File.SetUnixFileMode(_folder, Own | folder);
        Open("wg0", out var error);
        Assert.Equal(warns ? $"Warning: `{_folder}/wg0.conf' is world accessible\n" : "", error);
    }

    [Theory]
    [InlineData("51820", 51820u)]
    [InlineData("0x10", 16u)]
    [InlineData("main", 254u)]
    [InlineData("0", null)]
    [InlineData("Off", null)]
    [InlineData("4294967296", null)]
    public void A_table_is_a_number_or_a_name(string text, uint? number) => Assert.Equal(number, TableNames.Find(text));

    [Fact]
    public void A_named_table_is_read_as_ip_reads_it() =>
        Assert.Equal(200u, TableNames.FindIn(["# 100 vpn", "", "200\tvpn # mine", "201 other"], "vpn"));

    [Fact]
    public void Only_whole_nameserver_lines_of_resolvconf_are_servers() =>
        Assert.Equal(["10.0.0.1", "fd00::1"], Saver.Servers("# x\nnameserver 10.0.0.1\nsearch a b\nnameserver fd00::1\nnameserver a b\n"));

    private ConfigFile Open(string word, out string error)
    {
        using var writer = new StringWriter();
        var file = ConfigFile.Open(WgQuick, "up", word, writer, _folder);
        error = writer.ToString();
        return file;
    }

    private string[] Refusal(string word) => [.. Assert.Throws<QuickFailure>(() => Open(word, out _)).Lines];
}
