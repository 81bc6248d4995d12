using System.Diagnostics.CodeAnalysis;

namespace OrderIssues.WebApi.Security;

/// <summary>The keys under <c>Auth</c>: who may call.</summary>
internal sealed partial record AccessConfiguration
{
    private const string AllowAnonymousKey = "Auth:AllowAnonymous";
    private const string AuthorityKey = "Auth:Jwt:Authority";
    private const string AudienceKey = "Auth:Jwt:Audience";
    private const string ApiKeysKey = "Auth:ApiKeys";
    private const int MaxNameCharacters = 100;

    /// <summary>Whether who has no credential may do anything.</summary>
    public required bool AllowAnonymous { get; init; }

    /// <summary>Who signs the tokens (JWT, RFC 7519) that are taken; null: none are.</summary>
    public required Uri? Authority { get; init; }

    /// <summary>For whom they must be.</summary>
    public required string? Audience { get; init; }

    [MemberNotNullWhen(true, nameof(Authority), nameof(Audience))]
    public bool TakesTokens => Authority is not null;

    /// <exception cref="StartupException">A value can't be used, or it isn't said who may call.</exception>
    public static AccessConfiguration Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var allowAnonymous = configuration[AllowAnonymousKey] is { Length: > 0 } value
            ? bool.TryParse(value, out var allow) ? allow : throw new StartupException($"{AllowAnonymousKey} must be true or false.")
            : environment.IsDevelopment();
        var (authority, audience) = (Text(configuration, AuthorityKey), Text(configuration, AudienceKey));
        if (authority is null != audience is null)
        {
            throw new StartupException($"{(authority is null ? AuthorityKey : AudienceKey)} is missing: {AuthorityKey} and {AudienceKey} go together.");
        }

        if (ReadKeys(configuration).Count == 0 && authority is null && !allowAnonymous)
        {
            throw new StartupException(
                $"Nobody may call: set {ApiKeysKey}, or {AuthorityKey} and {AudienceKey}, or {AllowAnonymousKey} to true if whoever reaches this port may do anything.");
        }

        return new AccessConfiguration
        {
            AllowAnonymous = allowAnonymous,
            Authority = authority is null ? null : AuthorityOf(authority, environment),
            Audience = audience,
        };
    }

    /// <summary>Says so where anybody may call.</summary>
    public void Log(ILogger logger)
    {
        if (AllowAnonymous)
        {
            LogAnonymous(logger);
        }
    }

    /// <exception cref="StartupException">One can't be used.</exception>
    public static IReadOnlyList<ApiKey> ReadKeys(IConfiguration configuration) =>
        configuration.GetSection(ApiKeysKey).GetChildren().Select(ReadKey).ToList() is var keys
        && keys.DistinctBy(key => Convert.ToHexString(key.Sha256)).Count() == keys.Count
            ? keys
            : throw new StartupException($"{ApiKeysKey}: a key is there twice.");

    private static ApiKey ReadKey(IConfigurationSection section)
    {
        var name = Text(section, "Name") is { Length: <= MaxNameCharacters } given && !given.Any(char.IsControl)
            ? given
            : throw new StartupException($"{section.Path}:Name must be a text of at most {MaxNameCharacters} characters.");
        // Where one source has a list and another a text, they are of two keys that got the same number.
        var list = section.GetSection("Scopes").GetChildren().Select(scope => scope.Value ?? "").ToList();
        var text = Text(section, "Scopes")?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [];
        string[] scopes = [.. list, .. text];
        if (scopes.Length == 0 || scopes.Except(Scopes.All).Any() || (list.Count > 0 && text.Length > 0))
        {
            throw new StartupException($"{section.Path}:Scopes must be one or both of {string.Join(" and ", Scopes.All)}, as a list or as one text.");
        }

        return new ApiKey { Name = name, Sha256 = HashIn(section), Scopes = scopes };
    }

    private static byte[] HashIn(IConfigurationSection section) => (Text(section, "Key"), Text(section, "KeySha256")) switch
    {
        ({ Length: < ApiKey.MinCharacters }, null) => throw new StartupException($"{section.Path}:Key must have at least {ApiKey.MinCharacters} characters."),
        ({ } key, null) => ApiKey.HashOf(key),
        (null, { Length: 64 } hash) when hash.All(char.IsAsciiHexDigit) => Convert.FromHexString(hash),
        (null, { }) => throw new StartupException($"{section.Path}:KeySha256 must be 64 hexadecimal digits."),
        _ => throw new StartupException($"{section.Path} must have either Key or KeySha256."),
    };

    private static string? Text(IConfiguration configuration, string key) =>
        string.IsNullOrWhiteSpace(configuration[key]) ? null : configuration[key]!.Trim();

    /// <summary>Whoever can change what it answers can sign tokens, so that it must be asked over TLS; but for a developer's own.</summary>
    private static Uri AuthorityOf(string value, IHostEnvironment environment) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && environment.IsDevelopment()))
        && address.UserInfo.Length == 0
            ? address
            : throw new StartupException($"{AuthorityKey} must be an https address.");

    [LoggerMessage(Level = LogLevel.Warning, Message = "Auth:AllowAnonymous: whoever reaches this port may read and change every issue")]
    private static partial void LogAnonymous(ILogger logger);
}
