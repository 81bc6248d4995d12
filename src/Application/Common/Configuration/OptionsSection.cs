using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace OrderIssues.Application.Common.Configuration;

/// <summary>Section bound to an options class or list.</summary>
public sealed record OptionsSection(string Name, Type Type)
{
    private static readonly Type[] Collections = [typeof(IReadOnlyList<>), typeof(IReadOnlyDictionary<,>)];

    /// <summary>Keys that none of these sections reads, though their names are those of sections.</summary>
    /// <remarks>A list and what else stands beside its entries are two sections of the same name.</remarks>
    public static IEnumerable<string> UnreadKeys(IEnumerable<OptionsSection> sections, IConfiguration configuration) =>
        from named in sections.GroupBy(section => section.Name)
        let unread = named.Select(section => section.UnreadKeys(configuration).ToList()).ToList()
        from key in unread.SelectMany(keys => keys).Distinct()
        where unread.All(keys => keys.Any(other => key == other || key.StartsWith($"{other}:", StringComparison.Ordinal)))
        select key;

    /// <summary>Values to bind, trimmed and without blank ones.</summary>
    /// <exception cref="StartupException">A value isn't of its property's type.</exception>
    internal IEnumerable<KeyValuePair<string, string?>> Values(IConfiguration configuration) =>
        Values(configuration.GetSection(Name), Type, null);

    internal static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties().Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0);

    private IEnumerable<string> UnreadKeys(IConfiguration configuration) => UnreadKeys(configuration.GetSection(Name), Type);

    internal static bool IsText(Type type) => TypeDescriptor.GetConverter(TypeOf(type)).CanConvertFrom(typeof(string));

    private static IEnumerable<string> UnreadKeys(IConfigurationSection section, Type type)
    {
        var children = section.GetChildren();
        if (IsText(type))
        {
            return children.Select(child => child.Path);
        }

        var entry = EntryOf(type);
        IEnumerable<string> own = string.IsNullOrWhiteSpace(section.Value) || (entry is not null && IsText(entry)) ? [] : [section.Path];
        return own.Concat(children.SelectMany(child => (entry ?? PropertyOf(type, child.Key)?.PropertyType) is { } known
            ? UnreadKeys(child, known) : [child.Path]));
    }

    private static IEnumerable<KeyValuePair<string, string?>> Values(IConfigurationSection section, Type type, PropertyInfo? property)
    {
        if (property?.GetCustomAttribute<TextOrListAttribute>() is { } textOrList)
        {
            return textOrList.Entries(section).Select((text, i) => KeyValuePair.Create($"{section.Path}:{i}", (string?)text));
        }

        if (IsText(type))
        {
            return Text(section, type, property);
        }

        return EntryOf(type) is { } entry
            ? Entries(section, entry)
            : section.GetChildren().SelectMany(child =>
                PropertyOf(type, child.Key) is { } found ? Values(child, found.PropertyType, found) : []);
    }

    private static IEnumerable<KeyValuePair<string, string?>> Text(IConfigurationSection section, Type type, PropertyInfo? property) =>
        section.Value?.Trim() is not { Length: > 0 } text ? []
        : TypeDescriptor.GetConverter(TypeOf(type)).IsValid(text) ? [new(section.Path, text)]
        : throw new StartupException(
            property?.GetCustomAttribute<ValidationAttribute>()?.FormatErrorMessage(section.Path)
            ?? $"{section.Path} must be {(TypeOf(type) == typeof(bool) ? "true or false" : "a number")}.");

    private static IEnumerable<KeyValuePair<string, string?>> Entries(IConfigurationSection section, Type entry)
    {
        var children = section.GetChildren().ToList();
        if (IsText(entry))
        {
            return children.Count > 0 || string.IsNullOrWhiteSpace(section.Value)
                ? children.Select(child => KeyValuePair.Create(child.Path, (string?)(child.Value ?? "")))
                : throw new StartupException($"{section.Path} must be a list: {section.Path}:0 and so on.");
        }

        return children.SelectMany(child =>
            Values(child, entry, null).ToList() is { Count: > 0 } values ? values
            : IsIndex(child.Key) ? throw new StartupException($"{child.Path} has no key that is read.")
            : []);
    }

    private static PropertyInfo? PropertyOf(Type type, string key) =>
        PropertiesOf(type).FirstOrDefault(property => property.Name.Equals(key, StringComparison.OrdinalIgnoreCase));

    /// <summary>Collections' entry type; null for an options class.</summary>
    private static Type? EntryOf(Type type) => type.GetInterfaces().Append(type)
        .FirstOrDefault(face => face.IsGenericType && Collections.Contains(face.GetGenericTypeDefinition()))
        ?.GetGenericArguments()[^1];

    private static bool IsIndex(string key) => key.All(char.IsAsciiDigit);

    private static Type TypeOf(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
