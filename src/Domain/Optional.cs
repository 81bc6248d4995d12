namespace OrderIssues.Domain;

/// <summary>A value that somebody gave, which may be none, or that nobody said anything about.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly record struct Optional<T>(T? Value)
{
    /// <summary>Whether it was given. Only the default of this type wasn't.</summary>
    public bool IsPresent { get; } = true;

    public static implicit operator Optional<T>(T? value) => new(value);

    /// <summary>What <paramref name="map"/> makes of the value, if it was given.</summary>
    public Optional<TOther> Map<TOther>(Func<T?, TOther?> map) => IsPresent ? new(map(Value)) : default;
}
