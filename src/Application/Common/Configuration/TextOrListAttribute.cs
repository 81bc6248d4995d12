using Microsoft.Extensions.Configuration;

namespace OrderIssues.Application.Common.Configuration;

/// <summary>Marks a list that may also be written as one text with separators.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextOrListAttribute(params char[] separators) : Attribute
{
    /// <summary>Refuses a text beside a list. Default: false, and both count.</summary>
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
