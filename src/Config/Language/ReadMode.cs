namespace Warren.Config.Language;

/// <summary>How lenient a reader is.</summary>
public enum ReadMode
{
    /// <summary>A whole authority: every word in full.</summary>
    Whole,

    /// <summary>A part that goes into what is already there: wrappers and last exits may be missing.</summary>
    Fragment,

    /// <summary>What an operator types or pastes: as a fragment, and a word may be cut short where one alone is meant.</summary>
    Typed,
}
