using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Warren.Config.WireGuard;

namespace Warren.Config.Tests.WireGuard;

public class IniDocumentTests
{
    private const string Seed =
        "# site A\n[Interface]\r\nPrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk= # secret\n\tAddress=10.0.0.1/24\n"
        + "PostUp = echo '#1'; iptables -A x\n\n[peer]\nPublicKey=xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=\n"
        + "AllowedIPs = 10.0.0.0/8\nAllowedIPs = fd00::/64\nFuture = 1\njunk\n[Peer";

    [Fact]
    public void Any_text_comes_back_to_the_character() =>
        Prop.ForAll<string>(text => IniDocument.Parse(text ?? "").ToString() == (text ?? "")).QuickCheckThrowOnFailure();

    [Fact]
    public void A_mutated_configuration_comes_back_and_is_read_without_an_exception() =>
        Prop.ForAll<int>(seed =>
        {
            var text = Mutate(new Random(seed));
            var document = IniDocument.Parse(text);
            var reader = new FileReader(append: false, new OfflineResolver(), static _ => { });
            foreach (var line in document.Lines)
            {
                Assert.Equal(text.Substring(line.Start, line.Text.Length), line.Text);
                Assert.True(line.Name.Length + line.Value.Length <= line.WholeValue.Length + line.Text.Length);
                reader.TryTake(line);
            }

            reader.Finish();
            return document.ToString() == text;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lines_say_what_they_are_and_where()
    {
        var lines = IniDocument.Parse(Seed).Lines;
        Assert.Equal(
            [
                IniLineKind.Comment, IniLineKind.Section, IniLineKind.Setting, IniLineKind.Setting, IniLineKind.Setting, IniLineKind.Blank,
                IniLineKind.Section, IniLineKind.Setting, IniLineKind.Setting, IniLineKind.Setting, IniLineKind.Setting, IniLineKind.Unknown,
                IniLineKind.Unknown,
            ],
            lines.Select(line => line.Kind));
        Assert.True(lines[1].IsSection("interface") && lines[6].IsSection("Peer"));
        Assert.Equal("yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=", lines[2].Value);
        Assert.Equal("# secret", lines[2].Comment.ToString());
        Assert.Equal(new TextPosition(3, 14), lines[2].Position);
        Assert.True(lines[3].IsSetting("ADDRESS"));
        Assert.Equal("echo '", lines[4].Value);
        Assert.Equal("echo '#1'; iptables -A x", lines[4].WholeValue);
        Assert.False(lines[^1].HasNewline);
    }

    [Fact]
    public void All_complaints_can_be_collected_with_their_places()
    {
        var found = new List<Diagnostic>();
        var reader = new FileReader(append: true, new OfflineResolver(), found.Add);
        foreach (var line in IniDocument.Parse(Seed).Lines)
            reader.TryTake(line);
        Assert.NotNull(reader.Finish());
        Assert.Equal(
            [
                "4:10 Line unrecognized: `Address=10.0.0.1/24'", "5:10 Line unrecognized: `PostUp=echo''", "11:10 Line unrecognized: `Future=1'",
                "12:1 Line unrecognized: `junk'", "13:1 Line unrecognized: `[Peer'",
            ],
            found.Select(finding => $"{finding.Position} {finding.Message}"));
    }

    private static string Mutate(Random random)
    {
        const string Alphabet = "\0\t\r\n #=[],/+-:%abcPEER0123456789é";
        var text = Seed.ToList();
        for (var i = random.Next(20); i > 0; i--)
        {
            var at = random.Next(text.Count);
            switch (random.Next(4))
            {
                case 0: text[at] = Alphabet[random.Next(Alphabet.Length)]; break;
                case 1: text.Insert(at, Alphabet[random.Next(Alphabet.Length)]); break;
                case 2: text.RemoveAt(at); break;
                default: text.InsertRange(at, text.Skip(random.Next(text.Count)).Take(random.Next(60)).ToList()); break;
            }
        }

        return new string([.. text]);
    }
}
