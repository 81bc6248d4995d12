namespace OrderIssues.Domain.Issues;

/// <summary>Uses of a field, and the form of its texts.</summary>
[Flags]
public enum FieldTraits
{
    None = 0,

    /// <summary>Every issue has it.</summary>
    Required = 1,

    /// <summary>Lists can be narrowed by it.</summary>
    Filterable = 2,

    /// <summary>Statistics can count by it.</summary>
    Groupable = 4,

    /// <summary>A time that lists can be sorted by.</summary>
    Sortable = 8,

    /// <summary>Searches look through it.</summary>
    Searched = 16,

    /// <summary>Stored in lower case.</summary>
    LowerCase = 32,

    /// <summary>Compared regardless of case.</summary>
    IgnoresCase = 64,

    /// <summary>Stored without format characters (<see cref="FormatCharacters"/>).</summary>
    Identifier = 128,

    /// <summary>Computed from another field.</summary>
    Derived = 256,

    /// <summary>A customer's data.</summary>
    Personal = 512,
}
