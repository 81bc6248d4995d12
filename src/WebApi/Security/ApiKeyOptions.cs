using OrderIssues.Application.Common.Input;

namespace OrderIssues.WebApi.Security;

internal sealed class ApiKeyOptions : IValidatableObject
{
    private const int MaxNameCharacters = 100;
    private const int HashDigits = 64;

    /// <summary>Owner, 1 to 100 characters. Required.</summary>
    public string? Name { get; set; }

    /// <summary>Secret, at least 16 characters; required without <see cref="KeySha256"/>.</summary>
    [VisibleAscii]
    public string? Key { get; set; }

    /// <summary>SHA-256 of the key in 64 hexadecimal digits; required without <see cref="Key"/>.</summary>
    public string? KeySha256 { get; set; }

    /// <summary>Permitted scopes. Required.</summary>
    [TextOrList(',', ' ', IsExclusive = true)]
    public IReadOnlyList<string> Scopes { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var path = validationContext.DisplayName;
        if (Name is not { Length: > 0 } || PlainText.Length(Name) > MaxNameCharacters || Name.Any(char.IsControl))
        {
            yield return new($"{path}:{nameof(Name)} must be a text of at most {MaxNameCharacters} characters.");
        }

        if (Scopes.Count == 0 || Scopes.Except(Security.Scopes.All).Any())
        {
            yield return new(
                $"{path}:{nameof(Scopes)} must be some of {string.Join(", ", Security.Scopes.All)}, as a list or as one text.");
        }

        if (Key is null == KeySha256 is null)
        {
            yield return new($"{path} must have either {nameof(Key)} or {nameof(KeySha256)}.");
        }
        else if (Key is { Length: < ApiKey.MinCharacters })
        {
            yield return new($"{path}:{nameof(Key)} must have at least {ApiKey.MinCharacters} characters.");
        }
        else if (KeySha256 is not null && (KeySha256.Length != HashDigits || !KeySha256.All(char.IsAsciiHexDigit)))
        {
            yield return new($"{path}:{nameof(KeySha256)} must be {HashDigits} hexadecimal digits.");
        }
    }

    public ApiKey ToKey() => new()
    {
        Name = Name!,
        Sha256 = Key is null ? Convert.FromHexString(KeySha256!) : ApiKey.HashOf(Key),
        Scopes = Scopes,
    };
}

// Reloaded when the configuration changes.
internal sealed class ApiKeyList : List<ApiKeyOptions>, IValidatableObject
{
    public const string Section = "Auth:ApiKeys";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (this.DistinctBy(key => Convert.ToHexString(key.ToKey().Sha256)).Count() < Count)
        {
            yield return new($"{Section}: a key is there twice.");
        }
    }
}
