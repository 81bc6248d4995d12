global using System.Globalization;
global using FluentValidation.Results;
global using Microsoft.AspNetCore.Mvc;
global using OrderIssues.Application.Common.Configuration;
global using OrderIssues.Application.Common.Errors;
