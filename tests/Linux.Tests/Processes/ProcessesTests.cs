using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.Pipes;
using System.Text;
using System.Threading;
using Warren.Linux.Files;
using Warren.Linux.Libc;
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
        int leaky = Fcntl.fcntl(write, 0 /* F_DUPFD: not close-on-exec */, 3);
        int pid = DetachedProcess.Start("/bin/sleep", ["name", "30"], Environment, [(write, 5)]);
        pipe.DisposeLocalCopyOfClientHandle();
        Assert.Equal(0, Unistd.close(leaky));
        try
        {
            // posix_spawn returns when the old memory is gone, a moment before the new program's arguments are in place.
            SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{pid}/cmdline").Length > 0, TimeSpan.FromSeconds(10));
            Assert.Equal("name\0" + "30\0", File.ReadAllText($"/proc/{pid}/cmdline"));
            Assert.Equal("PATH=/usr/bin:/bin\0WG=ä=1\0", File.ReadAllText($"/proc/{pid}/environ"));
            Assert.Equal($"{pid}", Fresh.Shell($"ps -o sid= -p {pid}").Trim());
            Assert.Equal("0000000000000000", Fresh.Shell($"grep SigBlk /proc/{pid}/status").Split()[1]);

            // glibc ignores its own two signals, 32 and 33, in what it spawns.
            Assert.Contains(Fresh.Shell($"grep SigIgn /proc/{pid}/status").Split()[1], new[] { "0000000000000000", "0000000180000000" });
            string[] open = Fresh.Shell($"ls /proc/{pid}/fd").Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(["0", "1", "2", "5"], open); // nothing of ours leaked
            foreach (string number in new[] { "0", "1", "2" })
                Assert.Equal("/dev/null", new FileInfo($"/proc/{pid}/fd/{number}").LinkTarget);
            Assert.Equal(Errno.None, ProcessSettings.Signal(pid, 9));
            Assert.Equal(-1, pipe.ReadByte()); // the other end was the child's fd 5, and went with it
        }
        finally
        {
            ProcessSettings.Signal(pid, 9);
        }
    }

    [Fact]
    public void A_missing_program_is_ENOENT() => Assert.Equal(Errno.ENOENT,
        Assert.Throws<LinuxException>(() => DetachedProcess.Start("/absent", ["absent"], Environment, [])).Errno);

    [Fact]
    public void A_missing_program_cannot_replace_this_one() => Assert.Equal(Errno.ENOENT,
        Assert.Throws<LinuxException>(() => ProcessSettings.Execute("/absent", ["absent"], Environment)).Errno);

    [Fact]
    public void A_file_is_told_from_a_device_and_its_permissions_are_read()
    {
        string path = Path.GetTempFileName();
        try
        {
            using FileStream file = File.Open(path, FileMode.Open);
            int descriptor = (int)file.SafeFileHandle.DangerousGetHandle();
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Equal(new FileStatus(FileKind.Regular, Convert.ToInt32("404", 8)), FileStatus.OfDescriptor(descriptor));
            Assert.Equal(FileStatus.OfDescriptor(descriptor), FileStatus.OfPath(path));
            Assert.False(DescriptorState.IsTerminal(descriptor));
            Assert.True(DescriptorState.IsOpen(descriptor));
            Assert.Equal(FileKind.CharacterDevice, FileStatus.OfPath("/dev/null").Kind);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.False(DescriptorState.IsOpen(9999));
        Assert.Equal(Errno.EBADF, Assert.Throws<LinuxException>(() => FileStatus.OfDescriptor(9999)).Errno);
        Assert.Equal(Errno.ENOENT, Assert.Throws<LinuxException>(() => FileStatus.OfPath(path)).Errno);
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
    public void Core_files_are_forbidden_and_a_parents_death_is_followed_on_demand()
    {
        ProcessSettings.DisableCoreDumps();
        Assert.Equal(0, SysPrctl.prctl(SysPrctl.PR_GET_DUMPABLE, 0, 0, 0, 0));
        Assert.Matches("Max core file size +0 +0 ", File.ReadAllText("/proc/self/limits"));
        Assert.Equal(0, SysPrctl.prctl(SysPrctl.PR_SET_DUMPABLE, 1, 0, 0, 0));
        ProcessSettings.DieWithParent();
        ProcessSettings.DieWithParent(signal: 0); // taken back for the other tests
        int before = ProcessSettings.Umask(63);
        Assert.Equal(63, ProcessSettings.Umask(before));
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
