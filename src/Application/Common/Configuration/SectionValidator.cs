using System.Collections;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using AnnotationResult = System.ComponentModel.DataAnnotations.ValidationResult;

namespace OrderIssues.Application.Common.Configuration;

/// <summary>Validates options by annotations, nested ones first.</summary>
internal sealed class SectionValidator<T>(IConfigurationSection section) : IValidateOptions<T> where T : class
{
    public ValidateOptionsResult Validate(string? name, T options) =>
        Errors(options, section).FirstOrDefault() is { } error ? ValidateOptionsResult.Fail(error) : ValidateOptionsResult.Success;

    private static IEnumerable<string> Errors(object options, IConfigurationSection section)
    {
        var nested = options is IList list
            ? section.GetChildren().Zip(list.Cast<object>()).SelectMany(entry => Errors(entry.Second, entry.First))
            : OptionsSection.PropertiesOf(options.GetType()).SelectMany(property =>
                ErrorsOfProperty(options, property.GetValue(options), property.PropertyType, section.GetSection(property.Name)));
        return nested.Concat(ErrorsOfObject(options, section.Path));
    }

    private static IEnumerable<string> ErrorsOfProperty(object options, object? value, Type type, IConfigurationSection section)
    {
        var context = new ValidationContext(options) { MemberName = section.Key, DisplayName = section.Path };
        List<AnnotationResult> results = [];
        Validator.TryValidateProperty(value, context, results);
        var errors = results.Select(result => result.ErrorMessage!);
        return value is null or IDictionary or IEnumerable<string> || OptionsSection.IsText(type)
            ? errors : errors.Concat(Errors(value, section));
    }

    private static IEnumerable<string> ErrorsOfObject(object options, string path) =>
        options is IValidatableObject validatable
            ? validatable.Validate(new ValidationContext(options) { DisplayName = path }).Select(result => result.ErrorMessage!) : [];
}
