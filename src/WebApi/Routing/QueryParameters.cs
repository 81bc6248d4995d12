using FluentValidation.Results;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace OrderIssues.WebApi.Routing;

internal static class QueryParameters
{
    /// <summary>
    /// What is wrong with the query as a whole: parameters that the operation doesn't know, so that a misspelt filter isn't taken for none, and single ones
    /// that come twice.
    /// </summary>
    public static IReadOnlyList<ValidationFailure> Errors(this ControllerContext context)
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
               select new ValidationFailure(FailureException.AsSent + parameter.Key, isKnown ? "must be given once" : "isn't a parameter of this operation"),
        ];
    }
}
