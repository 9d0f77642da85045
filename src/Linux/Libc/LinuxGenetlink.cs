namespace Warren.Linux.Libc;

/// <summary>linux/genetlink.h</summary>
[Header("linux/genetlink.h")]
internal static class LinuxGenetlink
{
    public const ushort GENL_ID_CTRL = 0x10;
    public const byte CTRL_CMD_GETFAMILY = 3;
    public const ushort CTRL_ATTR_FAMILY_ID = 1;
    public const ushort CTRL_ATTR_FAMILY_NAME = 2;
    public const ushort CTRL_ATTR_VERSION = 3;
}

[Header("linux/genetlink.h")]
internal struct genlmsghdr
{
    public byte cmd;
    public byte version;
    public ushort reserved;
}
