using Warren.Protocol.Routing;

namespace Warren.Protocol.Tests.Routing;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("192.0.2.1", 51820, 0, "192.0.2.1:51820")]
    [InlineData("2001:db8::1", 51820, 0, "[2001:db8::1]:51820")]
    [InlineData("fe80::1", 65535, 3, "[fe80::1%3]:65535")]
    public void Prints_as_wg_does(string text, int port, int scope, string expected)
    {
        Assert.True(IpAddress.TryParse(text, out var address));
        Assert.Equal(expected, new Endpoint(address, (ushort)port, (uint)scope).ToString());
    }

    [Fact]
    public void The_scope_tells_link_local_endpoints_apart()
    {
        Assert.True(IpAddress.TryParse("fe80::1", out var address));
        Assert.NotEqual(new Endpoint(address, 1, 2), new Endpoint(address, 1, 3));
    }
}
