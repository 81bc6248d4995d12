namespace OrderIssues.Domain;

/// <summary>Value that may be absent, or null.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public readonly record struct Optional<T>(T? Value)
{
    /// <summary>True unless this is the default of its type.</summary>
    public bool IsPresent { get; } = true;

    public static implicit operator Optional<T>(T? value) => new(value);

    /// <summary>Maps a present value; absent stays absent.</summary>
    public Optional<TOther> Map<TOther>(Func<T?, TOther?> map) => IsPresent ? new(map(Value)) : default;
}
