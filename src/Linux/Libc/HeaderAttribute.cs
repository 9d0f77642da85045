using System;

namespace Warren.Linux.Libc;

/// <summary>The C header that defines a structure or a class of constants: the layout tests compile it and compare.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true)]
internal sealed class HeaderAttribute(string file) : Attribute
{
    public string File => file;
}
