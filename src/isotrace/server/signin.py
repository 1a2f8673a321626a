"""Signing in: nobody signs up, a lapsed account stays out, and a second factor is required outside demo mode."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from isotrace.bureaus.models import Account

PUBLIC = ("/static/", "/healthz", "/metrics", "/accounts/", "/preferences/", "/api/", "/help/")
ENROLMENT = ("/accounts/", "/static/", "/preferences/")


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend; an account whose function ended is as good as none."""

    def user_can_authenticate(self, user: Any) -> bool:
        return isinstance(user, Account) and not user.lapsed

    def get_user(self, user_id: Any) -> Account | None:
        found = Account.objects.select_related("organisation").filter(pk=user_id).first()
        return found if found and not found.lapsed else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by the organisation, never by signing up; a lapsed one is told to ask its bureau."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        if user.lapsed:
            return redirect("account_inactive")
        return super().pre_login(request, user, **kwargs)  # type: ignore[no-any-return]


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on opens accounts that exist, by their verified address, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        return False


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Names the account in authenticator apps."""

    def get_totp_label(self, user: Any) -> str:
        return str(user.email)


def forget_factors(account: Account) -> int:
    """Take away somebody's second factors, which were lost, and sign him out everywhere; return how many there were."""
    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession

    with transaction.atomic():
        taken, _by_kind = Authenticator.objects.filter(user_id=account.pk).delete()
        for session in UserSession.objects.filter(user_id=account.pk):
            session.end()
    return int(taken)


class SignInMiddleware:
    """Send strangers to the sign-in page, and people without a second factor to enrol one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PUBLIC):
            if request.account is None:  # type: ignore[attr-defined]
                return self._to_sign_in(request)
            if _needs_factor(request) and not request.path.startswith(ENROLMENT):
                return redirect("mfa_index")
        return self.get_response(request)

    def _to_sign_in(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            auth.logout(request)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": reverse("account_login")})
        return redirect(f"{reverse('account_login')}?next={request.path}")


def _needs_factor(request: HttpRequest) -> bool:
    from allauth.mfa.utils import is_mfa_enabled

    return bool(settings.SECOND_FACTOR_REQUIRED) and not is_mfa_enabled(request.user)
