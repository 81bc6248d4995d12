using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace OrderIssues.Application.Common.Configuration;

/// <summary>Requires https without a user; http for loopback.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HttpsAddressAttribute : ValidationAttribute
{
    /// <summary>Refuses path, query and fragment. Default: false.</summary>
    public bool IsHostOnly { get; set; }

    /// <summary>Takes http for other machines too. Default: false.</summary>
    public bool AllowsHttp { get; set; }

    public override bool IsValid(object? value) =>
        value is null
        || (value is Uri { IsAbsoluteUri: true, UserInfo: "" } address
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (AllowsHttp || address.IsLoopback)))
            && (!IsHostOnly || address is { PathAndQuery: "/", Fragment: "" }));
}

/// <summary>Requires visible ASCII and spaces, which every protocol can send.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class VisibleAsciiAttribute() : ValidationAttribute("{0} has a line end, or another character than visible ASCII.")
{
    public override bool IsValid(object? value) => value is not string text || text.All(character => character is >= ' ' and <= '~');
}

/// <summary>Marks lists that may be written as text.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextOrListAttribute(params char[] separators) : Attribute
{
    /// <summary>Refuses a text beside a list. Default: false.</summary>
    public bool IsExclusive { get; set; }

    /// <exception cref="StartupException">Both are there, though only one of them may be.</exception>
    internal IEnumerable<string> Entries(IConfigurationSection section)
    {
        var list = section.GetChildren().Select(child => child.Value ?? "").ToList();
        return IsExclusive && list.Count > 0 && !string.IsNullOrWhiteSpace(section.Value)
            ? throw new StartupException($"{section.Path} must be a list or one text, not both.")
            : list.Append(section.Value ?? "")
                .SelectMany(text => text.Split(separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }
}
