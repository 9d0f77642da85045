using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Config.WireGuard;

namespace Warren.Config.Documents;

/// <summary>Recognises what a text is, and reads all that it says of WireGuard: a file of any kind, or an article with blocks in it. Reads any text at all.</summary>
public static class DocumentReader
{
    private const char ByteOrderMark = '\ufeff';

    // How much before a block on its line may name its host.
    private const int LongestName = 64;

    /// <summary>Reads a text.</summary>
    public static Document Read(SourceText source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var remarks = new List<Remark>();
        var text = source.Text;
        if (text.StartsWith(ByteOrderMark))
        {
            // Read as a blank, so that every place stays where it is.
            text = $" {text.AsSpan(1)}";
            if (IsConfiguration(source.Name))
                remarks.Add(ByteOrderMarkRemark(source));
        }

        var lines = IniDocument.Parse(IsConfiguration(source.Name) ? text : Unquoted(text));
        if (AuthorityBlocks.IsFile(lines))
        {
            remarks.Clear(); // The authority language takes a byte order mark.
            var root = AuthorityBlocks.Read(source, lines, true, remarks)!;
            return new Document { Source = source, Authority = root, Tunnels = [.. new AuthorityTunnels(source, lines, false).Read(new Authority(root))], Remarks = remarks };
        }

        var isFile = IsIniFile(source.Name, lines);
        var scan = IniScanner.Scan(source, lines, isFile);
        if (!isFile && !scan.HasProse && scan.Blocks.Count > 0)
            isFile = true;
        if (isFile)
            Strays(scan, remarks);
        var tunnels = new List<Tunnel>();
        var parts = new List<NetworkPart>();
        var builder = new TunnelBuilder(source, !isFile, remarks);
        foreach (var block in scan.Blocks)
        {
            if (NetworkManagerTunnels.Is(block))
                tunnels.Add(NetworkManagerTunnels.Read(block, builder));
            else if (NetworkdTunnels.Is(block))
                tunnels.Add(NetworkdTunnels.Read(block, builder));
            else if (NetworkdTunnels.IsNetwork(block))
                parts.Add(NetworkdTunnels.ReadNetwork(block, builder));
            else if (QuickTunnels.Is(block))
                tunnels.Add(Labelled(QuickTunnels.Read(block, builder), block, source, lines, isFile));
        }

        ConfigNode? authority = null;
        if (!isFile && (authority = AuthorityBlocks.Read(source, lines, false, remarks)) is not null)
            tunnels.AddRange(new AuthorityTunnels(source, lines, true).Read(new Authority(authority)));
        return new Document
        {
            Source = source,
            IsProse = !isFile && (tunnels.Count > 0 || authority is not null),
            Tunnels = tunnels,
            NetworkParts = parts,
            Authority = authority,
            Remarks = remarks,
            Facts = isFile ? new ProseFacts { Forwards = tunnels.Count == 0 && lines.Lines.Any(line => HookReader.TurnsForwardingOn(line.Code.ToString())) } : ProseReader.Read(source, lines, Names(tunnels)),
        };
    }

    // Blocks that a message or a page quotes: each '>' at the beginning of a line as a blank.
    private static string Unquoted(string text)
    {
        if (!text.StartsWith('>') && !text.Contains("\n>", StringComparison.Ordinal))
            return text;
        return string.Create(text.Length, text, static (characters, text) =>
        {
            text.CopyTo(characters);
            var isMargin = true;
            foreach (ref var character in characters)
            {
                if (character == '\n')
                    isMargin = true;
                else if (isMargin && character == '>')
                    character = ' ';
                else
                    isMargin &= character is ' ' or '\t';
            }
        });
    }

    private static Remark ByteOrderMarkRemark(SourceText source) => new(
        new Finding("line-unreadable", Severity.Error, "the file begins with a byte order mark, which makes its first line unreadable: wg refuses it")
        {
            Position = new SourcePosition(source, 1, 1),
            Fix = "save the file as UTF-8 without a byte order mark",
        },
        new TextEdit(source, 0, 1, ""));

    private static bool IsConfiguration(string name) => Path.GetExtension(name) is ".conf" or ".nmconnection" or ".netdev" or ".network";

    // A configuration file by its name, that does not begin as something else.
    private static bool IsIniFile(string name, IniDocument lines)
    {
        if (!IsConfiguration(name))
            return false;
        foreach (var line in lines.Lines)
        {
            if (line.Kind == IniLineKind.Section)
                return true;
            if (line.Kind is not (IniLineKind.Blank or IniLineKind.Comment) && !line.Text.AsSpan().TrimStart().StartsWith(';'))
                return false;
        }

        return true;
    }

    private static void Strays(IniScanner scan, List<Remark> remarks)
    {
        if (!scan.Blocks.Exists(QuickTunnels.Is))
            return;
        foreach (var line in scan.Strays)
        {
            remarks.Add(new Remark(new Finding("line-unreadable", Severity.Error, "the line is neither a section, a setting nor a comment: wg refuses the file")
            {
                Position = new SourcePosition(scan.Blocks[0].Sections[0].Position.Source, line.Number, line.Position.Column),
                Fix = "write NAME = VALUE, or put # before it",
            }));
        }
    }

    private static Tunnel Labelled(Tunnel tunnel, IniBlock block, SourceText source, IniDocument lines, bool isFile)
    {
        if (isFile)
        {
            var stem = Path.GetFileNameWithoutExtension(source.Name);
            return tunnel with { InterfaceName = stem, Label = tunnel.Label ?? FileLabel(source.Name), LabelKind = tunnel.Label is null ? LabelKind.FileName : LabelKind.Name, };
        }

        if (tunnel.Label is not null)
            return tunnel;
        var before = block.IsFlat ? lines.Lines[block.FirstLine - 1].Text.AsSpan(0, block.FirstColumn) : default;
        var (name, kind, line) = LabelFinder.Find(lines, block.FirstLine, before.Length > LongestName ? before[^LongestName..] : before);
        return name is null ? tunnel : tunnel with { Label = name, LabelKind = kind, LabelPosition = new SourcePosition(source, line, 1) };
    }

    // wg0.conf is on every host: its folder says which.
    private static string FileLabel(string path)
    {
        var stem = Path.GetFileNameWithoutExtension(path);
        var folder = Path.GetFileName(Path.GetDirectoryName(path));
        return stem.Length <= 4 && stem.StartsWith("wg", StringComparison.Ordinal) && folder is { Length: > 0 } and not ("wireguard" or "." or "..") ? $"{folder}/{stem}" : stem;
    }

    private static HashSet<string> Names(List<Tunnel> tunnels) =>
        tunnels.Where(tunnel => tunnel.Label is not null).Select(tunnel => tunnel.Label!).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
