// What the server is asked. A failure is an ApiError with words for a person. When the session has
// ended, the person signs in again in front of the page, nothing on it is lost, and the question is
// asked once more.
import {api} from './address.js';

export class ApiError extends Error {
  constructor(status, answer) {
    super(answer.message || `服务器出错（${status}）。`);
    this.status = status;
    this.code = answer.error ?? '';
    this.answer = answer;
  }
}

let token = '';
let renew = async () => {};  // makes a session again, when the server says there is none

export const setToken = (csrf) => {
  token = csrf;
};
export const onSignedOut = (act) => {
  renew = act;
};
export const renewSession = () => renew();

async function once(method, address, body) {
  const headers = {Accept: 'application/json'};
  if (method !== 'GET') headers['X-CSRF-Token'] = token;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response;
  try {
    response = await fetch(String(address), {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
    });
  } catch {
    throw new ApiError(0, {error: 'offline', message: '连不上服务器，请检查网络后重试。'});
  }
  return answered(response);
}

async function answered(response) {
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(response.status, answer);
  return answer;
}

async function ask(method, address, body) {
  try {
    return await once(method, address, body);
  } catch (error) {
    const ended = error.code === 'signed-out' || error.code === 'csrf';
    if (!ended) throw error;
    await renew();
    return once(method, address, body);
  }
}

export const get = (address) => ask('GET', address);
export const post = (address, body) => ask('POST', address, body);
export const remove = (address) => ask('DELETE', address);

// Asked by the page itself every few seconds: says no more than that it failed.
export const glance = (address) => once('GET', address);

// The session's own questions, whose refusal is an answer.
export const session = {
  read: () => once('GET', api`/session`),
  open: (name, password, code) => once('POST', api`/session`, {name, password, code}),
  close: () => once('DELETE', api`/session`),
};
