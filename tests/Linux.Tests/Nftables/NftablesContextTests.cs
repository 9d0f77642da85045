using System;
using System.Text.Json;
using Warren.Linux.Nftables;

namespace Warren.Linux.Tests.Nftables;

[Trait("Category", "Root")]
public sealed class NftablesContextTests
{
    [Fact]
    public void Commands_are_done_and_listed_as_nft_lists_them() => Fresh.Network(() =>
    {
        using var nft = new NftablesContext();
        Assert.Equal("", nft.Run("add table inet warren-test\nadd chain inet warren-test in { type filter hook input priority 0; }\nadd rule inet warren-test in udp dport 7 drop"));
        Assert.Equal(Fresh.Shell("nft list ruleset"), nft.Run("list ruleset"));
        Assert.Contains("udp dport 7 drop", nft.Run("list table inet warren-test"), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(nft.RunJson("list table inet warren-test"));
        Assert.Equal(4, json.RootElement.GetProperty("nftables").GetArrayLength());
        nft.RunJson("{\"nftables\":[{\"delete\":{\"table\":{\"family\":\"inet\",\"name\":\"warren-test\"}}}]}");
        Assert.Equal("", nft.Run("list ruleset"));
    });

    [Fact]
    public void A_refused_transaction_changes_nothing_and_says_why_in_the_librarys_words() => Fresh.Network(() =>
    {
        using var nft = new NftablesContext();
        var error = Assert.Throws<NftablesException>(() => nft.Run("add table inet good\nadd rule inet absent away drop"));
        Assert.Contains("No such file or directory", error.Message, StringComparison.Ordinal);
        Assert.Contains("syntax error", Assert.Throws<NftablesException>(() => nft.Run("add nonsense")).Message, StringComparison.Ordinal);
        Assert.Equal("", nft.Run("list ruleset"));
        nft.Run("add table inet good");
        Assert.Contains("good", nft.Run("list ruleset"), StringComparison.Ordinal);
        nft.Dispose();
        Assert.Throws<ObjectDisposedException>(() => nft.Run("list ruleset"));
    });
}
