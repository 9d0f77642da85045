using System;
using System.IO;
using System.Text;
using Warren.Cli.Shell;
using Warren.RouterAgent.State;

namespace Warren.Cli.Tests.Shell;

/// <summary>docs/guides/shell.md is a session with the real program.</summary>
public sealed class GuideTests : IDisposable
{
    private static readonly string[] Lines =
    [
        "configure authority", "router r1 node node1 device-interface eth1 network-interface eth1-net address 192.168.128.1", "prefix-length 24", "gateway 192.168.128.254",
        "wireguard-profile wg-profile-1", "top", "validate", "configure authority router r1 wireguard-profile wg-profile-1", "private-network neighborhood remote", "private-network address 10.10.10.1/24",
        "peer p1", "public-key cScVKF4nTbdDcGoZgbkNMRFhSEC0dVqdufIBBnCNvCk=", "allowed-ip 10.10.10.2/32", "where", "top", "configure authority tenant remote-worker member remote address 10.10.10.0/24",
        "configure authority service apps", "address 172.16.1.0/24", "acces-policy remote-worker", "access-policy remote-worker", "top",
        "configure authority router r1 node node1 device-interface eth2 network-interface lan address 172.16.1.1 prefix-length 24", "compare config running candidate", "validate", "commit confirmed 10 comment \"remote workers\"",
        "confirm", "show config running authority router r1 node node1 device-interface wg-profile-1", "configure authority service apps enabled false", "commit", "compare rollback 1", "rollback 1", "commit force", "show events config commit",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("warren-guide-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_guide_is_what_the_shell_says()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Warren.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Warren.slnx");
        var guide = File.ReadAllText(Path.Combine(folder, "docs/guides/shell.md"));
        var session = Session();
        Assert.True(guide.Contains(session, StringComparison.Ordinal), $"docs/guides/shell.md does not hold this session:\n{session}");
    }

    private string Session()
    {
        var text = new StringBuilder();
        var shell = new ShellSession(_folder, new DiskFiles(), new Noon(), "r1", "admin", question =>
        {
            text.Append(question).Append("y\n");
            return true;
        });
        foreach (var line in Lines)
        {
            text.Append(shell.Prompt).Append(line).Append('\n');
            text.Append(shell.Run(line).Output);
        }

        return text.ToString();
    }

    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);
    }
}
