using System;
using System.IO;

namespace Warren.Lab.Tests;

/// <summary>The configurations under examples/, as they stand.</summary>
internal static class Example
{
    /// <summary>The text of examples/PATH.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(ProgramUnderTest.FindRoot(AppContext.BaseDirectory)!, "examples", path));
}
