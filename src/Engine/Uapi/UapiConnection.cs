using System;
using System.IO;
using System.Text;
using Warren.Engine.Drops;
using Warren.Linux;
using Warren.Linux.Sockets;

namespace Warren.Engine.Uapi;

/// <summary>One client of a <see cref="UapiServer"/>: requests in, answers out, as much of either as the socket takes at once.</summary>
/// <remarks>
/// One thread's. A client that does not read its answer is read from no further. A request is applied when it is complete, when a line of
/// it is refused (what came before that line is applied, as wireguard-go does), or when the client has said all it will.
/// </remarks>
internal sealed class UapiConnection : IDisposable
{
    /// <summary>The longest line there is has 80 bytes; whoever sends longer ones speaks something else.</summary>
    private const int LongestLine = 1024;

    private readonly Device _device;
    private readonly UnixConnection _socket;
    private readonly byte[] _input = new byte[16 * LongestLine];
    private readonly char[] _line = new char[LongestLine];
    private readonly AnswerQueue _output = new();
    private int _inputLength;
    private bool _isGone;
    private Expecting _expecting;
    private SetParser? _set;

    public UapiConnection(Device device, UnixConnection socket)
    {
        _device = device;
        _socket = socket;
    }

    private enum Expecting
    {
        Operation,
        EndOfGet,
        EndOfGetDrops,
        LineOfSet,
        EndOfRefused,
    }

    public int Descriptor => _socket.Descriptor;

    /// <summary>Whether an answer waits for the client to read.</summary>
    public bool HasOutput => !_output.IsEmpty;

    /// <summary>For the server: when the client was last heard of, in the order of events.</summary>
    public long LastUse { get; set; }

    /// <summary>Goes on as far as it can without waiting. False: the conversation is over.</summary>
    public bool Continue()
    {
        while (true)
        {
            if (!TrySend())
                return !_isGone;
            if (!TakeLines())
                return Finish();
            if (HasOutput)
                continue;
            var count = _socket.Receive(_input.AsSpan(_inputLength));
            if (count == UnixConnection.WouldBlock)
                return true;
            if (count <= 0)
                return EndOfInput();
            _inputLength += count;
        }
    }

    public void Dispose()
    {
        _set?.Finish(); // Its keys are the collector's.
        Array.Clear(_input); // What was said held keys, too.
        Array.Clear(_line);
        _socket.Dispose();
        _output.Clear();
    }

    // True when nothing is left to send; false when the client has to read first, or is gone.
    private bool TrySend()
    {
        while (HasOutput)
        {
            var sent = _socket.Send(_output.Next);
            if (sent < 0)
            {
                _isGone = sent == UnixConnection.Gone;
                return false;
            }

            _output.Sent(sent);
        }

        return true;
    }

    // False when the conversation is to end.
    private bool TakeLines()
    {
        var from = 0;
        while (!HasOutput && _input.AsSpan(from, _inputLength - from).IndexOf((byte)'\n') is var length and >= 0)
        {
            if (length > LongestLine || !TryTake(_line.AsSpan(0, Encoding.Latin1.GetChars(_input.AsSpan(from, length), _line))))
                return false;
            from += length + 1;
        }

        _input.AsSpan(from, _inputLength - from).CopyTo(_input);
        _inputLength -= from;
        return _inputLength <= LongestLine || HasOutput;
    }

    private bool TryTake(ReadOnlySpan<char> line)
    {
        switch (_expecting)
        {
            case Expecting.Operation:
                return TryBegin(line);
            case Expecting.LineOfSet when line.IsEmpty:
                Apply(default);
                _expecting = Expecting.Operation;
                return true;
            case Expecting.LineOfSet:
                if (_set!.TryAdd(line, out var fault))
                    return true;
                Apply(fault);
                _expecting = Expecting.EndOfRefused;
                return true;
            case Expecting.EndOfRefused:
                if (line.IsEmpty)
                    _expecting = Expecting.Operation;
                return true;
            default:
                // Both kinds of get are one line and an empty one.
                if (!line.IsEmpty)
                    return false;
                Answer(_expecting);
                _expecting = Expecting.Operation;
                return true;
        }
    }

    private bool TryBegin(ReadOnlySpan<char> line)
    {
        switch (line)
        {
            case "":
                return true; // An empty line between two operations does no harm.
            case "get=1":
                _expecting = Expecting.EndOfGet;
                return true;
            case "get_drops=1":
                _expecting = Expecting.EndOfGetDrops;
                return true;
            case "set=1":
                _expecting = Expecting.LineOfSet;
                _set = new SetParser();
                return true;
            default:
                return false; // An unknown operation ends the conversation.
        }
    }

    private void Answer(Expecting what)
    {
        using var writer = new StreamWriter(_output, new UTF8Encoding(false), 4096, leaveOpen: true);
        if (what == Expecting.EndOfGet)
            _device.Describe(writer);
        else
            DropText.Write(_device.ReportDrops(), writer);
    }

    private void Apply(UapiFault fault)
    {
        var change = _set!.Finish();
        _set = null;
        var errno = _device.Configure(change);
        if (fault.Errno != Errno.None)
            _device.Log.Error("refused a request: {0}", fault.Reason);
        using var writer = new StreamWriter(_output, new UTF8Encoding(false), 64, leaveOpen: true);
        UapiText.WriteErrno(errno != Errno.None ? errno : fault.Errno, writer);
    }

    // As wireguard-go: the end of what a client says also ends its request.
    private bool EndOfInput()
    {
        if (_expecting != Expecting.LineOfSet)
            return false;
        Apply(default);
        return Finish();
    }

    private bool Finish()
    {
        TrySend();
        return false;
    }
}
