namespace Warren.Linux.Tests;

public sealed class ErrnoTextTests
{
    [Theory]
    [InlineData(Errno.ENODEV, "No such device")]
    [InlineData(Errno.EOPNOTSUPP, "Operation not supported")]
    [InlineData(Errno.EPERM, "Operation not permitted")]
    [InlineData(Errno.EPROTONOSUPPORT, "Protocol not supported")]
    [InlineData(Errno.EPROTO, "Protocol error")]
    [InlineData(Errno.ENAMETOOLONG, "File name too long")]
    [InlineData(Errno.EADDRINUSE, "Address already in use")]
    [InlineData(Errno.EINVAL, "Invalid argument")]
    [InlineData((Errno)41, "Unknown error 41")]
    [InlineData((Errno)(-22), "Unknown error -22")]
    [InlineData(Errno.None, "Success")]
    public void Says_what_strerror_says(Errno errno, string text) => Assert.Equal(text, ErrnoText.Describe(errno));

    [Fact]
    public void An_exception_says_what_was_tried_and_why_it_failed()
    {
        var plain = new LinuxException(Errno.EBUSY, "make TUN device wg0");
        Assert.Equal("make TUN device wg0: Device or resource busy", plain.Message);
        var detailed = new LinuxException(Errno.EINVAL, "add a route", "Nexthop has invalid gateway");
        Assert.Equal("add a route: Invalid argument (Nexthop has invalid gateway)", detailed.Message);
    }
}
