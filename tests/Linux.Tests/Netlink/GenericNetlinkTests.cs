using System.Collections.Generic;
using System.Linq;
using Warren.Linux.Libc;
using Warren.Linux.Netlink;

namespace Warren.Linux.Tests.Netlink;

public sealed class GenericNetlinkTests
{
    private static readonly byte[] Family = Convert("0600" + "0100" + "1d00" + "0000" + "0800" + "0300" + "01000000");

    [Fact]
    public void The_kernels_own_families_are_found_and_dumped()
    {
        using GenericNetlink control = GenericNetlink.TryOpen("nlctrl")!;
        Assert.Equal(2u, control.Version);
        var names = new List<string>();
        foreach (byte[] body in control.Dump(LinuxGenetlink.CTRL_CMD_GETFAMILY, 1, []))
        {
            var attributes = new AttributeReader(body);
            while (attributes.Next())
            {
                if (attributes.Type == LinuxGenetlink.CTRL_ATTR_FAMILY_NAME) names.Add(attributes.Text());
            }
        }

        Assert.Contains("nlctrl", names);
        foreach (string name in names)
        {
            using GenericNetlink? family = GenericNetlink.TryOpen(name);
            Assert.NotNull(family);
        }
    }

    [Fact]
    public void A_family_that_the_kernel_lacks_is_nothing() => Assert.Null(GenericNetlink.TryOpen("absent"));

    [Fact]
    public void A_name_longer_than_a_familys_is_a_refusal() =>
        Assert.Throws<LinuxException>(() => GenericNetlink.TryOpen(new string('x', 40)));

    [Fact]
    public void Requests_carry_the_looked_up_family_the_version_and_the_attributes()
    {
        var kernel = new FakeKernel(request => request[4] == LinuxGenetlink.GENL_ID_CTRL
            ? [FakeKernel.Message(LinuxGenetlink.GENL_ID_CTRL, 0, FakeKernel.Sequence(request), [1, 2, 0, 0, .. Family]), FakeKernel.Ack(request, 0)]
            : [FakeKernel.Ack(request, 0)]);
        using GenericNetlink wireguard = GenericNetlink.TryOpen("wireguard", kernel)!;
        Assert.Equal(1u, wireguard.Version);
        var attributes = new AttributeWriter(new byte[64]);
        attributes.AddText(2, "wg0");
        Assert.Empty(wireguard.Request(1, 1, attributes.Written));
        Assert.Equal(
            [
                "24000000" + "1000" + "0500" + "01000000" + "00000000" + "03010000" + "0e000200" + "77697265677561726400" + "0000",
                "1c000000" + "1d00" + "0500" + "02000000" + "00000000" + "01010000" + "08000200" + "77673000",
            ], kernel.Requests);
    }

    [Fact]
    public void A_dumps_messages_come_in_order_and_a_changed_one_is_asked_again()
    {
        int dumps = 0;
        var kernel = new FakeKernel(request => request[4] == LinuxGenetlink.GENL_ID_CTRL
            ? [FakeKernel.Message(LinuxGenetlink.GENL_ID_CTRL, 0, FakeKernel.Sequence(request), [1, 2, 0, 0, .. Family]), FakeKernel.Ack(request, 0)]
            : ++dumps == 1
                ? [FakeKernel.Message(0x1d, LinuxNetlink.NLM_F_DUMP_INTR, FakeKernel.Sequence(request), [0, 1, 0, 0, 9, 9, 9, 9]), FakeKernel.Done(request)]
                : [
                    FakeKernel.Message(0x1d, 2, FakeKernel.Sequence(request), [0, 1, 0, 0, 1, 1, 1, 1]),
                    FakeKernel.Message(0x1d, 2, FakeKernel.Sequence(request), [0, 1, 0, 0, 2, 2, 2, 2]),
                    FakeKernel.Done(request),
                ]);
        using GenericNetlink wireguard = GenericNetlink.TryOpen("wireguard", kernel)!;
        Assert.Equal(["01010101", "02020202"], wireguard.Dump(0, 1, []).Select(System.Convert.ToHexString));
    }

    private static byte[] Convert(string hex) => System.Convert.FromHexString(hex);
}
