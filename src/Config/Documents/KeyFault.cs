namespace Warren.Config.Documents;

/// <summary>Why what stands in a key's place is no key.</summary>
public enum KeyFault
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Nothing is written.</summary>
    Empty,

    /// <summary>Words in the place of a key, such as "&lt;public key of the server&gt;": the writer left it to the reader.</summary>
    Placeholder,

    /// <summary>Fewer than 44 characters.</summary>
    TooShort,

    /// <summary>More than 44 characters.</summary>
    TooLong,

    /// <summary>64 hexadecimal digits: a key, but not in base64.</summary>
    Hexadecimal,

    /// <summary>44 characters that are not the base64 of 32 bytes.</summary>
    NotBase64,
}
