using System.Linq;

namespace Warren.Fabric.Check.Rules;

/// <summary>Private keys in a text for people.</summary>
internal sealed class PrivateKeyPublishedRule() : CheckRule("private-key-published", "a document for people has a private key in it")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var holders in survey.Holders.Values)
        {
            var published = holders.SelectMany(host => host.Versions).Where(version => version.IsInProse).GroupBy(version => version.Source);
            foreach (var versions in published)
            {
                var first = versions.First();
                var again = versions.Skip(1).Select(version => version.PrivateKey!.Position.Line).ToList();
                remarks.Warning(this, first.PrivateKey!.Position,
                    $"a private key stands in a document{(again.Count == 0 ? "" : $" (again on line {string.Join(", ", again)})")}: whoever has read it can be this host and, with what was recorded, is one step nearer to its traffic",
                    "PrivateKey = <private key>, and never use this pair of keys on a network");
            }
        }
    }
}
