using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace Warren.Cli.Tests.Wg;

/// <summary>Sockets in a folder of its own that answer like devices, from canned text, and remember what they were sent.</summary>
internal sealed class FakeDevices : IDisposable
{
    private readonly List<Socket> _listeners = [];
    private readonly ConcurrentQueue<string> _requests = new();

    internal FakeDevices() => System.IO.Directory.CreateDirectory(Directory);

    internal string Directory { get; } = Path.Combine(Path.GetTempPath(), "warren-fake-" + Path.GetRandomFileName());

    /// <summary>A device that answers <c>get</c> and <c>set</c> with these texts; an empty text hangs up.</summary>
    internal FakeDevices With(string name, string get, string set = "errno=0\n\n")
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(Directory, name + ".sock")));
        listener.Listen();
        _listeners.Add(listener);
        new Thread(() => Serve(listener, get, set)) { IsBackground = true }.Start();
        return this;
    }

    /// <summary>The requests since the last call, each as it came. A connection without a word is none.</summary>
    internal string TakeRequests()
    {
        var text = new StringBuilder();
        while (_requests.TryDequeue(out var request))
            text.Append(request).Append("--\n");
        return text.ToString();
    }

    public void Dispose()
    {
        foreach (var listener in _listeners)
            listener.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private void Serve(Socket listener, string get, string set)
    {
        var buffer = new byte[65536];
        while (true)
        {
            try
            {
                using var connection = listener.Accept();
                var request = new StringBuilder();
                while (!request.ToString().EndsWith("\n\n", StringComparison.Ordinal))
                {
                    var length = connection.Receive(buffer);
                    if (length == 0)
                        break;
                    request.Append(Encoding.UTF8.GetString(buffer, 0, length));
                }

                if (request.Length == 0)
                    continue;
                _requests.Enqueue(request.ToString()[..^1]);
                var answer = request.ToString().StartsWith("get", StringComparison.Ordinal) ? get : set;
                connection.Send(Encoding.UTF8.GetBytes(answer));
            }
            catch (SocketException)
            {
                if (!listener.IsBound)
                    return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }
}
