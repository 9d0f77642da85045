using System;
using System.Linq;
using Warren.Config.Language;
using Warren.Config.Model;

namespace Warren.Config.Tests.Language;

public sealed class ConfigReaderTests
{
    [Theory]
    [InlineData("unknown-word", 2, "tenant a\nmembr b\nexit", "there is no \"membr\" in tenant a; was member meant?")]
    [InlineData("word-misplaced", 2, "tenant a\nmtu 1500\nexit", "there is no mtu in tenant a; it belongs in router node device-interface network-interface")]
    [InlineData("exit-missing", 4, "router r1\nnode n1\ndevice-interface e0\nrouter r2\nexit", "router belongs in the authority; device-interface e0, opened on line 3, is not closed before it")]
    [InlineData("exit-missing", 2, "router r1\nnode n1", "the text ends with 2 blocks open; the innermost is node n1, opened on line 2")]
    [InlineData("key-missing", 1, "tenant", "tenant needs its name")]
    [InlineData("bad-key", 1, "tenant a,b", "contains ','; a tenant-name has letters, digits and _ - .")]
    [InlineData("bad-key", 1, "router all", "\"all\" is a word of the language and cannot be a name")]
    [InlineData("bad-value", 2, "service s\naddress 10.0.0.0/33\nexit", "the length of an IPv4 prefix is 0 to 32")]
    [InlineData("bad-value", 2, "service s\nscope privat\nexit", "\"privat\" is no scope; was private meant?")]
    [InlineData("bad-value", 2, "service-class c\ndscp 64\nexit", "\"64\" is not a whole number from 0 to 63")]
    [InlineData("bad-value", 1, "router r wireguard-profile w peer p public-key abc=", "a key has 44 characters; this has 4: it is cut short, or is no key")]
    [InlineData("host-bits", 2, "service s\naddress 10.0.0.1/24\nexit", "has bits set behind its length; taken as the network 10.0.0.0/24")]
    [InlineData("value-missing", 2, "service s\naddress\nexit", "address needs a value")]
    [InlineData("too-many-words", 2, "tenant a\ndescription two words\nexit", "description has one value; \"words\" is left over")]
    [InlineData("unclosed-quote", 2, "tenant a\ndescription \"two words\nexit", "the quote that begins in column 13 is not closed on its line")]
    [InlineData("key-differs", 2, "tenant a\nname b\nexit", "name is b inside of tenant a")]
    [InlineData("no-value", 1, "router r service-route q use-learned-routes true", "use-learned-routes takes no value")]
    [InlineData("masked-secret", 1, "router r wireguard-profile w peer p preshared-key ********", "preshared-key is masked, and there is none to keep")]
    [InlineData("nothing-to-delete", 1, "delete tenant a", "there is no tenant a here")]
    public void Rejects_with_place_and_cause(string rule, int line, string text, string message)
    {
        var finding = Parse(text).Findings.First(of => of.Rule == rule);
        Assert.Equal(line, finding.Position.Line);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_not_quoted_in_a_message()
    {
        var finding = Assert.Single(Parse("router r wireguard-profile w peer p preshared-key Yz1fRCHzvWfBZzxrxsVlXhc1JyYhFOFRHwfV/WYdNqs").Findings);
        Assert.DoesNotContain("Yz1f", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_of_the_router_is_written_to_the_byte()
    {
        const string sample = """
            config

                authority

                    service            internet_service
                        name                  internet_service
                        scope                 private
                        address               0.0.0.0/0

                        access-policy         t128
                            source      t128
                            permission  allow
                        exit
                        service-policy        data-best-effort
                    exit
                exit
            exit

            """;

        // The sample shows two values that are the default, as the router does where somebody wrote them; ours hides them unless asked.
        var shown = sample.Replace("            scope                 private\n", "", StringComparison.Ordinal).Replace("                permission  allow\n", "", StringComparison.Ordinal);
        var read = Parse(sample);
        Assert.Empty(read.Findings);
        Assert.Equal(shown, ConfigFormatter.Format(read.Root));
        Assert.Contains("scope                 private", ConfigFormatter.Format(read.Root, new FormatOptions { Verbose = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_stay_above_what_they_stood_above()
    {
        const string text = """
            # whole
            config

                authority

                    # who
                    tenant             a
                        name         a
                        # why
                        description  d
                    exit
                exit
            exit

            """;
        Assert.Equal(text, ConfigFormatter.Format(Parse(text).Root));
    }

    [Fact]
    public void What_is_kept_is_kept_as_it_is_indentation_and_all()
    {
        const string text = """
            config

                authority

                    router             r
                        name  r

                        bfd
                            state  enabled
                            timer
                                multiplier  3
                            exit
                        exit
                    exit
                exit
            exit

            """;
        var read = Parse(text);
        Assert.Empty(read.Findings);
        Assert.Equal(text, ConfigFormatter.Format(read.Root));
    }

    [Fact]
    public void A_line_that_fails_opens_nothing()
    {
        var read = Parse("router r9 node n1 device-interfac e0 mtu 1\nrouter r8 node n1 enabled maybe");
        Assert.Equal(2, read.Findings.Count);
        Assert.Equal(0, read.Root.Children.Length);
    }

    [Fact]
    public void Lines_that_delete_take_away_entries_values_and_leaves()
    {
        var before = Parse("tenant a\nexit\ntenant b\nexit\nservice s address 10.0.0.1\nservice s address 10.0.0.2\nservice s description d").Root;
        var after = ConfigParser.Merge(before, new SourceText("t", "delete tenant force a\nservice s\ndelete address force 10.0.0.1/32\ndelete description\nexit"));
        Assert.Empty(after.Findings);
        Assert.Equal("config authority tenant b name  b\nconfig authority service s name                  s\nconfig authority service s address               10.0.0.2/32\n",
            ConfigFormatter.Format(after.Root, new FormatOptions { Flat = true }));
    }

    [Fact]
    public void Trees_share_what_did_not_change()
    {
        var before = Parse("router r1 description a\nrouter r2 description b").Root;
        var after = ConfigParser.Merge(before, new SourceText("t", "router r2 description c")).Root;
        Assert.Same(before.Child(Router.Schema, "r1"), after.Child(Router.Schema, "r1"));
        Assert.Same(before, ConfigParser.Merge(before, new SourceText("t", "router r2 description b")).Root);
    }

    private static ConfigText Parse(string text) => ConfigParser.Parse(Authority.Schema, new SourceText("t", text), ReadMode.Fragment);
}
