using System.Collections.Generic;

namespace Warren.RouterAgent.State;

/// <summary>What a state folder asks of the disk, step by step: each is a point at which a machine may stop.</summary>
public interface IStateFiles
{
    /// <summary>All of a file, or null when it is not there.</summary>
    byte[]? Read(string path);

    /// <summary>Names of the files in a folder; none when it is not there.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>Makes a folder that only its owner may enter, and those above it.</summary>
    void MakeFolder(string path);

    /// <summary>Writes a file that only its owner may read; its content may be anything until it is flushed.</summary>
    void Write(string path, byte[] content);

    /// <summary>Puts a file's content on the disk.</summary>
    void Flush(string path);

    /// <summary>Gives a file another name, instead of the file that has it.</summary>
    void Rename(string from, string to);

    /// <summary>Puts the names in a folder on the disk.</summary>
    void FlushFolder(string folder);

    /// <summary>Deletes a file; nothing when it is not there.</summary>
    void Delete(string path);
}
