using System;
using System.Collections.Generic;
using System.Linq;

namespace Warren.Config.Language;

/// <summary>Paths as they are typed.</summary>
public static class PathReader
{
    /// <summary>Reads the words of a path to something that is there; words may be cut short where one alone is meant.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="words">"router r1 node node1"; the root's own name may begin it.</param>
    /// <param name="path">The path.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Read(ConfigNode root, IReadOnlyList<string> words, out ConfigPath path)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(words);
        path = ConfigPath.Root(root.Schema);
        var node = root;
        for (var at = words is [var first, ..] && first == root.Name ? 1 : 0; at < words.Count;)
        {
            if (node.Schema is not BlockSchema block)
                return $"{node.Name} has nothing in it";
            var word = words[at++];
            var meant = block.Find(word) is { } exact ? [exact] : block.FindPrefix(word);
            if (meant.Count != 1)
            {
                var near = Spelling.Nearest(word, block.Children.Select(child => child.Name));
                return meant.Count > 1
                    ? $"\"{word}\" may be {string.Join(", ", meant)}"
                    : $"there is no {word} in {path.Last}{(near is null ? "" : $"; was {near} meant?")}";
            }

            var keys = meant[0] is BlockSchema list ? list.Keys.Count : 0;
            if (words.Count - at < keys)
                return $"which {meant[0].Name}? It has {string.Join(", ", node.ChildrenOf(meant[0]).ToArray().Select(child => child.Key).Take(8).DefaultIfEmpty("none"))}";
            var key = string.Join(' ', words.Skip(at).Take(keys));
            at += keys;
            if ((keys == 0 ? node.Child(meant[0]) : node.Child(meant[0], key)) is not { } child)
                return $"there is no {meant[0].Name}{(key.Length > 0 ? $" {key}" : "")} in {path.Last}";
            path = path.Then(meant[0], key);
            node = child;
        }

        return null;
    }
}
