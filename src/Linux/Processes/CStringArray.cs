using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Warren.Linux.Processes;

/// <summary>A null-terminated array of C strings, as argv and envp are; owned, freed on dispose.</summary>
internal sealed unsafe class CStringArray : IDisposable
{
    private readonly nint[] _strings;
    private readonly nint _array;

    public CStringArray(IReadOnlyCollection<string> values)
    {
        _strings = new nint[values.Count];
        _array = (nint)NativeMemory.AllocZeroed((nuint)values.Count + 1, (nuint)sizeof(nint));
        int i = 0;
        foreach (string value in values)
        {
            // SAFETY: the array has one place more than there are values; the last stays null.
            _strings[i] = Marshal.StringToCoTaskMemUTF8(value);
            ((nint*)_array)[i] = _strings[i];
            i++;
        }
    }

    public byte** Pointer => (byte**)_array;

    /// <summary>The environment of this process as C wants it.</summary>
    public static CStringArray OfEnvironment(IReadOnlyDictionary<string, string> variables)
    {
        var values = new List<string>(variables.Count);
        foreach ((string name, string value) in variables) values.Add($"{name}={value}");
        return new CStringArray(values);
    }

    public void Dispose()
    {
        foreach (nint text in _strings) Marshal.FreeCoTaskMem(text);
        NativeMemory.Free((void*)_array); // SAFETY: allocated above, freed once by the `using` that owns this.
    }
}
