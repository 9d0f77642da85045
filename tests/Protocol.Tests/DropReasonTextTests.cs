using System;

namespace Warren.Protocol.Tests;

public sealed class DropReasonTextTests
{
    [Theory]
    [InlineData(DropReason.None, "none")]
    [InlineData(DropReason.BadMac1, "bad-mac1")]
    [InlineData(DropReason.WrongPresharedKeyOrIdentity, "wrong-preshared-key-or-identity")]
    [InlineData(DropReason.TunWriteFailed, "tun-write-failed")]
    public void Reasons_are_printed_in_kebab_case(DropReason reason, string text) => Assert.Equal(text, reason.ToText());

    [Fact]
    public void Every_reason_is_read_back()
    {
        Assert.Equal(Enum.GetValues<DropReason>().Length, DropReasonText.Count);
        foreach (var reason in Enum.GetValues<DropReason>())
        {
            Assert.True(DropReasonText.TryParse(reason.ToText(), out var read));
            Assert.Equal(reason, read);
        }

        Assert.False(DropReasonText.TryParse("bad-mac3", out _));
    }
}
