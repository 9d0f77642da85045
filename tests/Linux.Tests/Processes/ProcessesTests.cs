using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Text;
using System.Threading;
using Warren.Linux.Processes;

namespace Warren.Linux.Tests.Processes;

public sealed class ProcessesTests
{
    private static readonly Dictionary<string, string> Environment = new() { ["PATH"] = "/usr/bin:/bin", ["WG"] = "ä=1" };

    [Fact]
    public void A_detached_process_leads_a_session_of_its_own_with_the_given_descriptors()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None);
        int write = int.Parse(pipe.GetClientHandleAsString(), System.Globalization.CultureInfo.InvariantCulture);
        int pid = DetachedProcess.Start("/bin/sh", ["sh", "-c", "echo $$ $(ps -o sid= -p $$) $WG $0 >&5; exec sleep 30", "name"],
            Environment, [(write, 5)]);
        pipe.DisposeLocalCopyOfClientHandle();
        try
        {
            Assert.Equal($"{pid} {pid} ä=1 name", new StreamReader(pipe).ReadLine());
            SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{pid}/comm") == "sleep\n", TimeSpan.FromSeconds(10));
            string[] open = Directory.GetFiles($"/proc/{pid}/fd");
            Assert.Equal(["0", "1", "2", "5"], open.Select(path => Path.GetFileName(path)).Order()); // nothing of ours leaked
            Assert.All(open.Where(path => !path.EndsWith('5')), path => Assert.Equal("/dev/null", new FileInfo(path).LinkTarget));
        }
        finally
        {
            Assert.Equal(Errno.None, ProcessSettings.Signal(pid, 9));
        }
    }

    [Fact]
    public void A_missing_program_is_ENOENT() => Assert.Equal(Errno.ENOENT,
        Assert.Throws<LinuxException>(() => DetachedProcess.Start("/absent", ["absent"], Environment, [])).Errno);

    [Fact]
    public void A_missing_program_cannot_replace_this_one() => Assert.Equal(Errno.ENOENT,
        Assert.Throws<LinuxException>(() => ProcessSettings.Execute("/absent", ["absent"], Environment)).Errno);

    [Fact]
    public void A_world_readable_file_is_told_from_a_private_one_and_from_a_device()
    {
        string path = Path.GetTempFileName();
        try
        {
            using FileStream file = File.Open(path, FileMode.Open);
            int descriptor = (int)file.SafeFileHandle.DangerousGetHandle();
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Assert.False(DescriptorState.IsWorldAccessibleFile(descriptor));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.True(DescriptorState.IsWorldAccessibleFile(descriptor));
            Assert.False(DescriptorState.IsTerminal(descriptor));
            Assert.True(DescriptorState.IsOpen(descriptor));
            using FileStream device = File.OpenRead("/dev/null");
            Assert.False(DescriptorState.IsWorldAccessibleFile((int)device.SafeFileHandle.DangerousGetHandle()));
        }
        finally
        {
            File.Delete(path);
        }

        Assert.False(DescriptorState.IsOpen(9999));
        Assert.Equal(Errno.EBADF, Assert.Throws<LinuxException>(() => DescriptorState.Mode(9999)).Errno);
    }

    [Fact]
    public void A_file_is_replaced_whole_with_its_permissions()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("warren-durable-").FullName, "key");
        DurableFile.Replace(path, Encoding.ASCII.GetBytes("old"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        DurableFile.Replace(path, Encoding.ASCII.GetBytes("new"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void A_process_knows_its_name_its_user_and_who_lives()
    {
        Assert.Contains("Warren.Linux.Tests", ProcessSettings.Argv0 + System.Environment.CommandLine, StringComparison.Ordinal);
        Assert.Equal(Fresh.Shell("id -u").Trim(), ProcessSettings.EffectiveUserId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Errno.None, ProcessSettings.Signal(System.Environment.ProcessId, 0));
        using Process child = Process.Start("/bin/true");
        child.WaitForExit();
        Assert.Equal(Errno.ESRCH, ProcessSettings.Signal(child.Id, 0));
    }

    [Fact]
    [Trait("Category", "Root")]
    public void Settings_are_those_of_the_threads_namespace() => Fresh.Network(() =>
    {
        string before = File.ReadAllText("/proc/1/net/snmp").Length > 0 ? Sysctl.Read("net/ipv4/ip_forward") : "";
        Sysctl.Write("net/ipv4/ip_forward", before == "0" ? "1" : "0");
        Assert.Equal(Fresh.Shell("cat /proc/sys/net/ipv4/ip_forward").Trim(), Sysctl.Read("net/ipv4/ip_forward"));
        Assert.NotEqual(before, Sysctl.Read("net/ipv4/ip_forward"));
        Assert.Equal(Errno.ENOENT, Sysctl.TryWrite("net/ipv4/absent", "1"));
        Assert.Equal(Errno.EINVAL, Sysctl.TryWrite("net/ipv4/ip_forward", "much"));
        Assert.Equal(Errno.ENOENT, Assert.Throws<LinuxException>(() => Sysctl.Read("absent")).Errno);
    });
}
