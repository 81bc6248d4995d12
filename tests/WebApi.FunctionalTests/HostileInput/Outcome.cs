namespace OrderIssues.WebApi.FunctionalTests.HostileInput;

/// <summary>What becomes of a value in a field.</summary>
/// <param name="Code">What it is refused with; null: it is taken.</param>
/// <param name="Errors">What follows the field's path in <c>errors</c>; a dot stands for each part that an object there must have.</param>
/// <param name="Stored">What is stored and answered, as JSON; null: what would be without the field.</param>
internal sealed record Outcome(string? Code, IReadOnlyList<string> Errors, string? Stored)
{
    /// <summary>The wrong type, or no JSON at all.</summary>
    public static readonly Outcome Malformed = new("malformed_body", [], null);

    /// <summary>The field breaks a rule.</summary>
    public static readonly Outcome Invalid = new("validation_failed", [""], null);

    /// <summary>The first element breaks a rule.</summary>
    public static readonly Outcome InvalidElement = new("validation_failed", ["[0]"], null);

    /// <summary>The object lacks all that it must have.</summary>
    public static readonly Outcome InvalidParts = new("validation_failed", ["."], null);

    /// <summary>The first element lacks all that it must have.</summary>
    public static readonly Outcome InvalidPartsOfElement = new("validation_failed", ["[0]."], null);

    /// <summary>As if the field weren't there.</summary>
    public static readonly Outcome Missing = new(null, [], null);

    /// <summary>Likewise where a blank field counts as absent, else refused.</summary>
    public static readonly Outcome Blank = new(null, ["blank"], null);

    public static Outcome Stores(string json) => new(null, [], json);

    /// <summary>The same with <see cref="Errors"/> as the service names them.</summary>
    public Outcome Of(BodyField field) => this switch
    {
        _ when this == Missing => field.MissingAs is { } missing ? Invalid with { Errors = [missing] } : this,
        _ when this == Blank => field.TakesBlank ? Missing.Of(field) : Invalid.Of(field),
        _ => this with { Errors = [.. Errors.SelectMany(error => PathsOf(field, error))] },
    };

    private static IEnumerable<string> PathsOf(BodyField field, string error) =>
        error.EndsWith('.') ? field.Parts.Select(part => field.Path + error + part) : [field.Path + error];
}
