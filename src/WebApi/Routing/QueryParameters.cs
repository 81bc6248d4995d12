using FluentValidation.Results;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using OrderIssues.WebApi.Errors;

namespace OrderIssues.WebApi.Routing;

internal static class QueryParameters
{
    /// <summary>Finds unknown parameters, and single ones that come twice. A misspelt filter must not pass for none.</summary>
    public static IReadOnlyList<ValidationFailure> QueryErrors(this ControllerContext context)
    {
        var metadata = context.HttpContext.RequestServices.GetRequiredService<IModelMetadataProvider>();
        var known = context.ActionDescriptor.Parameters
            .SelectMany(parameter => metadata.GetMetadataForType(parameter.ParameterType).Properties)
            .Where(property => property.BindingSource == BindingSource.Query)
            .ToDictionary(property => property.BinderModelName!, property => property.IsEnumerableType);
        return
        [
            .. from parameter in context.HttpContext.Request.Query
               let isKnown = known.ContainsKey(parameter.Key)
               where !isKnown || (!known[parameter.Key] && parameter.Value.Count > 1)
               select FieldErrors.AsSent(parameter.Key, isKnown ? "must be given once" : "isn't a parameter of this operation"),
        ];
    }
}
