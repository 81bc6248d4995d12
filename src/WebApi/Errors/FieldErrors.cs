using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation.AspNetCore;
using FluentValidation.Results;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Options;

namespace OrderIssues.WebApi.Errors;

/// <summary>
/// The messages of a failed validation by field, each named as in the request. Commands name their properties as the requests they are
/// mapped from, and those tell their JSON names.
/// </summary>
internal sealed partial class FieldErrors(IOptions<JsonOptions> json)
{
    private readonly JsonSerializerOptions options = json.Value.JsonSerializerOptions;

    /// <param name="endpoint">What the request was for.</param>
    /// <param name="errors">What is wrong, with fields named as in C#.</param>
    public Dictionary<string, string[]> Of(Endpoint? endpoint, IEnumerable<ValidationFailure> errors)
    {
        var body = endpoint?.Metadata.GetMetadata<ControllerActionDescriptor>()?.Parameters
            .FirstOrDefault(parameter => parameter.BindingInfo?.BindingSource == BindingSource.Body)?.ParameterType;
        var modelState = new ModelStateDictionary { MaxAllowedErrors = int.MaxValue };
        new ValidationResult(errors).AddToModelState(modelState, prefix: null);
        return modelState.ToDictionary(
            entry => JsonName(body, entry.Key),
            entry => entry.Value!.Errors.Select(error => error.ErrorMessage).ToArray());
    }

    private string JsonName(Type? type, string path)
    {
        var names = new List<string>();
        foreach (var (name, index) in path.Split('.').Select(segment => (IndexOf().Replace(segment, ""), IndexOf().Match(segment).Value)))
        {
            var property = type is null ? null : options.GetTypeInfo(type).Properties
                .FirstOrDefault(property => property.AttributeProvider is System.Reflection.MemberInfo member && member.Name == name);
            names.Add((property?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(name)) + index);
            type = property is null ? null : options.GetTypeInfo(property.PropertyType).ElementType ?? property.PropertyType;
        }

        return string.Join('.', names);
    }

    [GeneratedRegex(@"\[[0-9]+\]\z")]
    private static partial Regex IndexOf();
}
