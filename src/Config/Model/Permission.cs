namespace Warren.Config.Model;

/// <summary>What an access policy says of its source.</summary>
public enum Permission
{
    /// <summary>They may.</summary>
    Allow,

    /// <summary>They may not.</summary>
    Deny,
}
