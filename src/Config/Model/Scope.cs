namespace Warren.Config.Model;

/// <summary>Who may use a service that nobody is named for.</summary>
public enum Scope
{
    /// <summary>Only whom an access policy allows.</summary>
    Private,

    /// <summary>Everybody whom no access policy denies.</summary>
    Public,
}
