using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Warren.Linux.Terminals;
using Warren.RouterAgent.State;

namespace Warren.Cli.Shell;

/// <summary><c>warren pcli</c>: the operator's shell on a router's state.</summary>
internal static class PcliVerb
{
    private const string States = "/var/lib/warren";

    private const string HelpText = """
        Usage: warren pcli [-c COMMAND]… [--json] [--router NAME] [--state FOLDER] [--user NAME]

        The operator's shell: a candidate configuration, checked and committed. Tab completes, ? helps, exit leaves a menu. What is pasted, in the native
        or the flat form, is taken line by line. Without a terminal, lines are read from standard input.

          -c COMMAND       run a command instead, and end; may be given several times; exit code 1 when one was not done
          --json           each answer as an object: command, done, output
          --router NAME    the router; this host's name otherwise
          --state FOLDER   its state; /var/lib/warren/NAME otherwise
          --user NAME      whose candidate; the user who runs it otherwise

        A question is answered no where there is no terminal: say force.

        Examples:
          warren pcli
          warren pcli -c "configure authority tenant workers" -c "compare config" -c "commit force"
          warren pcli < changes.txt
          warren pcli -c "show events config commit"

        """;

    internal static int Run(Invocation invocation)
    {
        if (PcliArguments.Parse(invocation.Arguments, out var arguments) is { } problem)
        {
            invocation.Error.Write($"warren pcli: {problem}. `warren pcli --help' says more.\n");
            return 2;
        }

        if (arguments.WantsHelp)
        {
            invocation.Output.Write(HelpText);
            return 0;
        }

        var router = arguments.Router ?? RouterHere();
        var user = arguments.User ?? invocation.Variable("SUDO_USER") ?? invocation.Variable("USER") ?? Environment.UserName;
        var folder = arguments.State ?? Path.Combine(States, router);
        try
        {
            return Run(invocation, arguments, folder, router, user);
        }
        catch (Exception failure) when (failure is StateException or IOException or UnauthorizedAccessException or Warren.Linux.LinuxException)
        {
            invocation.Error.Write($"warren pcli: {failure.Message}\n");
            return 2;
        }
    }

    // The one router whose state is here, or this host.
    private static string RouterHere() =>
        Directory.Exists(States) && Directory.GetDirectories(States) is [var only] ? Path.GetFileName(only) : Environment.MachineName.Split('.')[0];

    private static int Run(Invocation invocation, PcliArguments arguments, string folder, string router, string user)
    {
        if (arguments.Commands.Count == 0 && RawTerminal.IsPresent && !arguments.Json)
        {
            using var terminal = RawTerminal.Begin();
            Interactive(invocation, folder, router, user);
            return 0;
        }

        var session = new ShellSession(folder, new DiskFiles(), TimeProvider.System, router, user, question =>
        {
            invocation.Error.Write($"{question}\nThere is no terminal to answer: say force.\n");
            return false;
        });
        if (session.Notice is { } notice)
            invocation.Error.Write(notice + "\n");
        var isDone = true;
        foreach (var line in arguments.Commands.Count > 0 ? arguments.Commands : Lines(invocation.Input))
        {
            var result = session.Run(line);
            isDone &= result.IsDone;
            if (arguments.Json)
                invocation.Output.Write(Json(line, result));
            else
                (result.IsDone ? invocation.Output : invocation.Error).Write(result.Output);
            if (result.Quits)
                break;
        }

        session.Save();
        return isDone ? 0 : 1;
    }

    private static IEnumerable<string> Lines(Stream input)
    {
        using var reader = new StreamReader(input, Encoding.UTF8, leaveOpen: true);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static void Interactive(Invocation invocation, string folder, string router, string user)
    {
        LineEditor? editor = null;
        var session = new ShellSession(folder, new DiskFiles(), TimeProvider.System, router, user, question =>
        {
            var at = question.LastIndexOf('\n') + 1;
            Print(invocation, question[..at]);
            return editor!.Read(question[at..], keeps: false) is (LineEnd.Enter, "y" or "Y" or "yes");
        });
        editor = new LineEditor(invocation.Input, invocation.Output, () => RawTerminal.Columns) { Complete = session.Complete, Help = session.Help };
        if (session.Notice is { } notice)
            Print(invocation, notice + "\n");

        // Bracketed paste: the terminal says where what is pasted begins and ends.
        invocation.Output.Write("\u001b[?2004h");
        try
        {
            while (Turn(invocation, session, editor))
                session.Save();
        }
        finally
        {
            session.Save();
            invocation.Output.Write("\u001b[?2004l");
            invocation.Output.Flush();
        }
    }

    // One line, or one paste; false at the end.
    private static bool Turn(Invocation invocation, ShellSession session, LineEditor editor)
    {
        var (end, text) = editor.Read(session.Prompt);
        switch (end)
        {
            case LineEnd.Interrupt:
                return true;
            case LineEnd.End:
                return !session.Run("exit").Quits;
            case LineEnd.Paste:
                Paste(invocation, session, text);
                return true;
            default:
                var result = session.Run(text);
                Print(invocation, result.Output);
                if (end == LineEnd.Suspend)
                    session.Run("top");
                return !result.Quits;
        }
    }

    private static void Paste(Invocation invocation, ShellSession session, string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var (taken, failed) = (0, 0);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim().Length == 0)
                continue;
            var result = session.Run(lines[i]);
            taken++;
            if (result.IsDone)
            {
                Print(invocation, result.Output);
                continue;
            }

            failed++;
            Print(invocation, $"line {i + 1}: {lines[i].Trim()}\n{result.Output}");
        }

        Print(invocation, $"{taken} lines taken, {failed} with an error\n");
    }

    // A raw terminal wants to be told to return.
    private static void Print(Invocation invocation, string text)
    {
        invocation.Output.Write(text.Replace("\n", "\r\n", StringComparison.Ordinal));
        invocation.Output.Flush();
    }

    private static string Json(string line, ShellResult result)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("command", line);
            writer.WriteBoolean("done", result.IsDone);
            writer.WriteString("output", result.Output);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
