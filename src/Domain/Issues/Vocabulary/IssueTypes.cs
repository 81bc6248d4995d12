namespace OrderIssues.Domain.Issues.Vocabulary;

/// <summary>Types that issues may have, their synonyms, and how long each may take.</summary>
public sealed class IssueTypes
{
    private readonly Dictionary<string, string> meant = [];
    private readonly Dictionary<string, TimeSpan> times = [];

    /// <param name="types">Types with their synonyms; empty for any type.</param>
    /// <param name="dueTimes">Times from the report to when issues of a type are due.</param>
    /// <exception cref="ArgumentException">A spelling belongs to two types, or a type with a due time is none, or has two.</exception>
    public IssueTypes(
        IReadOnlyCollection<(string Name, IEnumerable<string> Synonyms)> types, IEnumerable<(string Type, TimeSpan Time)> dueTimes)
    {
        All = [.. types.Select(type => type.Name)];
        foreach (var (name, spelling) in types.SelectMany(type => type.Synonyms.Prepend(type.Name), (type, text) => (type.Name, text)))
        {
            if (!meant.TryAdd(KeyOf(spelling), name) && meant[KeyOf(spelling)] != name)
            {
                throw new ArgumentException($"'{spelling}' belongs to both '{meant[KeyOf(spelling)]}' and '{name}'");
            }
        }

        foreach (var (type, time) in dueTimes)
        {
            if (All.Count > 0 && Meant(type) is null)
            {
                throw new ArgumentException($"'{type}', which has due hours, isn't among the types ({string.Join(", ", All)})");
            }

            if (!times.TryAdd(KeyOf(Meant(type) ?? type), time))
            {
                throw new ArgumentException($"'{type}' has due hours twice");
            }
        }
    }

    /// <summary>Types; empty for any.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>Finds the type that a spelling means, whatever its case, blanks, <c>-</c> and <c>_</c>; null for none.</summary>
    public string? Meant(string? spelling) => spelling is null ? null : meant.GetValueOrDefault(KeyOf(spelling));

    /// <summary>True for a type that issues may have.</summary>
    public bool IsAllowed(string type) => All.Count == 0 || Meant(type) is not null;

    /// <summary>True for spellings of one type.</summary>
    public bool AreSame(string? one, string? other) =>
        one is not null && other is not null && KeyOf(Meant(one) ?? one) == KeyOf(Meant(other) ?? other);

    /// <summary>Gives the time by which an issue is due; null for none.</summary>
    public DateTimeOffset? DueAt(string? type, DateTimeOffset createdAt) =>
        type is not null && times.TryGetValue(KeyOf(Meant(type) ?? type), out var time) ? createdAt + time : null;

    /// <summary>Gives the keys (<see cref="KeyOf"/>) of all spellings of the type that this one means; none where it means none.</summary>
    public IEnumerable<string> KeysOf(string? spelling) =>
        Meant(spelling) is { } type ? meant.Where(known => known.Value == type).Select(known => known.Key) : [];

    /// <summary>Gives equal texts for spellings that differ in case, blanks, <c>-</c> and <c>_</c> only.</summary>
    public static string KeyOf(string spelling) =>
        CaseFolding.Fold(string.Concat(spelling.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '_'))));
}
