using System;
using Warren.Cli.Quick;

namespace Warren.Cli.Tests.Quick;

public sealed class LineAdviceTests
{
    private const string Secret = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";

    [Theory]
    [InlineData("PrivateKey " + Secret)]
    [InlineData("PrivateKey: " + Secret)]
    [InlineData(Secret)]
    [InlineData(Secret + " = ")]
    [InlineData("[" + Secret)]
    [InlineData("PrivatKey = " + Secret)]
    [InlineData("PresharedKey\t" + Secret)]
    public void A_key_is_never_repeated(string line) =>
        Assert.DoesNotContain(Secret[..20], LineAdvice.For(line, "Line unrecognized: `...'"), StringComparison.Ordinal);

    [Theory]
    [InlineData("PrivateKey " + Secret, "write PrivateKey = VALUE, or take the line out")]
    [InlineData("endpoint =", "write Endpoint = VALUE, or take the line out")]
    [InlineData("PrivateKey = " + Secret, "PrivateKey belongs below [Interface]")]
    [InlineData("allowedips = ::/0", "AllowedIPs belongs below [Peer]")]
    [InlineData("\uFEFF[Interface]", "the file begins with a byte order mark: save it as UTF-8 without one")]
    [InlineData("\u0001\u0002", "a line is NAME = VALUE, [Interface] or [Peer]")]
    public void An_unrecognized_line_gets_what_to_write(string line, string advice) =>
        Assert.Equal(advice, LineAdvice.For(line, "Line unrecognized: `...'"));

    [Theory]
    [InlineData("Servname not supported for ai_socktype: `70000'", "0 to 65535")]
    [InlineData("AllowedIP is not in the correct format: `10.0.0.0/33'", "ADDRESS/LENGTH")]
    public void A_value_gets_its_form(string fault, string says) =>
        Assert.Contains(says, LineAdvice.For("", fault), StringComparison.Ordinal);

    [Theory]
    [InlineData("-1", false)]
    [InlineData("65536", false)]
    [InlineData("0", true)]
    [InlineData("65535", true)]
    [InlineData("domain", true)]
    public void A_port_out_of_range_is_found_without_asking(string port, bool isTaken) =>
        Assert.Equal(isTaken, OfflineNames.Instance.TryFindPort(port, out _, out _));
}
