using System;
using System.IO;
using System.Threading;
using Warren.Linux.Namespaces;

namespace Warren.Linux.Tests.Namespaces;

[Trait("Category", "Root")]
public sealed class NamespaceTests
{
    private static string Current(string kind) => new FileInfo($"/proc/thread-self/ns/{kind}").LinkTarget!;

    [Fact]
    public void Work_runs_elsewhere_and_the_caller_stays()
    {
        string own = Current("net");
        Assert.NotEqual(own, NamespaceThread.RunInNew(NamespaceKinds.Network, () => Current("net")));
        Assert.Equal(own, Current("net"));
        using NamespaceHandle handle = NamespaceThread.RunInNew(NamespaceKinds.Network, () => NamespaceHandle.OfThisThread(NamespaceKinds.Network));
        string first = NamespaceThread.Run(handle, () => Current("net"));
        Assert.Equal(first, NamespaceThread.Run(handle, () => Current("net")));
        Assert.NotEqual(own, first);
    }

    [Fact]
    public void A_processes_namespaces_are_entered_by_its_id()
    {
        int pid = Linux.Processes.DetachedProcess.Start("/usr/bin/unshare",
            ["unshare", "-n", "-m", "sleep", "30"], new System.Collections.Generic.Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" }, []);
        try
        {
            string own = Current("net");
            SpinWait.SpinUntil(() => new FileInfo($"/proc/{pid}/ns/net").LinkTarget != own, TimeSpan.FromSeconds(10));
            (string net, string mount) = NamespaceThread.Run(pid, NamespaceKinds.Network | NamespaceKinds.Mount, () => (Current("net"), Current("mnt")));
            Assert.Equal(new FileInfo($"/proc/{pid}/ns/net").LinkTarget, net);
            Assert.Equal(new FileInfo($"/proc/{pid}/ns/mnt").LinkTarget, mount);
        }
        finally
        {
            Assert.Equal(Errno.None, Linux.Processes.ProcessSettings.Signal(pid, 9));
        }
    }

    [Fact]
    public void Exceptions_come_back_and_a_missing_process_is_ESRCH()
    {
        Assert.Throws<InvalidTimeZoneException>(() => NamespaceThread.RunInNew(NamespaceKinds.Network, () => throw new InvalidTimeZoneException()));
        Assert.Equal(Errno.ESRCH, Assert.Throws<LinuxException>(() => NamespaceThread.Run(int.MaxValue, NamespaceKinds.Network, () => 1)).Errno);
        Assert.Equal(Errno.ENOENT, Assert.Throws<LinuxException>(() => NamespaceHandle.OpenFile("/run/netns/absent", NamespaceKinds.Network)).Errno);
    }

    [Fact]
    public void Mounts_are_seen_only_where_they_were_made()
    {
        string folder = Directory.CreateTempSubdirectory("warren-mount-").FullName;
        try
        {
            NamespaceThread.RunInNew(NamespaceKinds.Mount | NamespaceKinds.Network, () =>
            {
                Mounts.MakePrivate();
                Mounts.Temporary(folder, "mode=0755,size=1m");
                File.WriteAllText(Path.Combine(folder, "a"), "inside");
                File.WriteAllText(Path.Combine(folder, "b"), "");
                Mounts.Bind(Path.Combine(folder, "a"), Path.Combine(folder, "b"));
                Assert.Equal("inside", File.ReadAllText(Path.Combine(folder, "b")));
                Assert.Equal("inside", Fresh.Shell($"cat {folder}/b"));
                Mounts.Remove(Path.Combine(folder, "b"));
                Assert.Equal("", File.ReadAllText(Path.Combine(folder, "b")));
            });
            Assert.Empty(Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
