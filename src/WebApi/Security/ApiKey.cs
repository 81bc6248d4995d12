using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OrderIssues.WebApi.Security;

/// <summary>A key that a caller proves itself with. The key itself isn't kept, only its hash.</summary>
internal sealed record ApiKey
{
    public const int MinCharacters = 16;

    /// <summary>As many as the hash has; none could be tried out (RFC 4086 section 8.2).</summary>
    private const int RandomBytes = 32;

    /// <summary>Whom it belongs to. A caller may have several, so that one can be replaced by another.</summary>
    public required string Name { get; init; }

    /// <summary>The SHA-256 of the key in UTF-8. Without salt, since keys are random and long.</summary>
    public required byte[] Sha256 { get; init; }

    /// <summary>What it permits (<see cref="Security.Scopes"/>).</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>A key that nobody can guess, in base64url.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
